//! What the browser knows of countries: their names, their order, and the person's own.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::Country;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: Option<&str>, options: &Object) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type Collator;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: Option<&str>) -> Result<Collator, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn compare(this: &Collator) -> Function;

    #[wasm_bindgen(js_namespace = Intl)]
    type Locale;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str) -> Result<Locale, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn maximize(this: &Locale) -> Result<Locale, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn region(this: &Locale) -> Option<String>;

    #[wasm_bindgen(js_name = Array)]
    type Names;

    #[wasm_bindgen(method, catch, js_name = sort)]
    fn sort_by(this: &Names, compare: &Function) -> Result<JsValue, JsValue>;
}

/// The country of the person's language, such as that of `en-GB`; the likeliest where the language names none. The
/// United States if the browser does not tell.
pub(in crate::ui) fn home_country() -> Country {
    let language = web_sys::window().and_then(|window| window.navigator().language());
    language
        .and_then(|tag| Locale::new(&tag).ok()?.maximize().ok()?.region())
        .and_then(|region| Country::of(&region))
        .unwrap_or(Country::US)
}

/// An `<option>` for every country, by name in the page's language and in its alphabet's order.
pub(in crate::ui) fn country_options(selected: Country) -> Html {
    let language = web_sys::window()
        .and_then(|window| window.document()?.document_element()?.get_attribute("lang"))
        .filter(|language| !language.is_empty());
    let language = language.as_deref();
    let names = display_names(language).ok();
    let list = Array::new();
    for Country { region, .. } in Country::all() {
        let name = names.as_ref().and_then(|names| names.of(region).ok().flatten());
        list.push(&[name.as_deref().unwrap_or(region), "\t", region].concat().into());
    }
    if let Ok(collator) = Collator::new(language) {
        // Strings throw nothing when compared: only an engine without a collator leaves them as they are.
        let _ = list.unchecked_ref::<Names>().sort_by(&collator.compare());
    }
    let option = |entry: JsValue| {
        let entry = entry.as_string()?;
        let (name, region) = entry.split_once('\t')?;
        let Country { region, calling_code } = Country::of(region)?;
        Some(html! {
            <option value={region} selected={region == selected.region}>{ [name, " +", calling_code].concat() }</option>
        })
    };
    html! { <>{ for list.iter().filter_map(option) }</> }
}

fn display_names(language: Option<&str>) -> Result<DisplayNames, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into())?;
    DisplayNames::new(language, &options)
}
