use std::cell::RefCell;

use js_sys::{Function, Object, Reflect, TypeError};
use wasm_bindgen::{JsCast, prelude::*};

/// The Trusted Types policy; it accepts the one address.
const POLICY: &str = "yew-cognito";

thread_local! {
    /// A policy can be made once: its one product is kept.
    static TRUSTED: RefCell<Option<(String, JsValue)>> = const { RefCell::new(None) };
}

/// The script that starts this program in a worker: `engine.js`, of the page's own origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineScript(String);

impl EngineScript {
    /// `engine.js` at `url`, told by its query which program to start: `engine.js?NAME.js&NAME.wasm`, both beside it.
    pub fn new(url: &str) -> Self {
        Self(url.to_owned())
    }

    /// The script beside the program that the page names in `<meta name="program" content="NAME.js NAME.wasm">`, as
    /// this app's page does. None if it names none.
    pub fn of_page() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let program = document.query_selector("meta[name=program]").ok()??;
        Self::beside(&program.get_attribute("content")?)
    }

    fn beside(program: &str) -> Option<Self> {
        let (glue, wasm) = program.split_once(' ')?;
        let (folder, glue) = glue.rsplit_once('/').unwrap_or((".", glue));
        let (_, wasm) = wasm.rsplit_once('/').unwrap_or_default();
        Some(Self([folder, "/engine.js?", glue, "&", wasm].concat()))
    }

    /// The address as the SharedWorker's constructor takes it: a TrustedScriptURL where there are Trusted Types (W3C,
    /// Trusted Types, section 2.3).
    ///
    /// # Errors
    /// With what the browser says if it has no such policy made, as where a Content-Security-Policy forbids it.
    pub(super) fn trusted(&self) -> Result<JsValue, JsValue> {
        let known = TRUSTED.with_borrow(|trusted| match trusted {
            Some((url, value)) if *url == self.0 => Some(value.clone()),
            _ => None,
        });
        if let Some(known) = known {
            return Ok(known);
        }
        let value = trust(&self.0)?;
        TRUSTED.set(Some((self.0.clone(), value.clone())));
        Ok(value)
    }
}

#[wasm_bindgen]
extern "C" {
    type PolicyFactory;
    type Policy;

    #[wasm_bindgen(method, catch, js_name = createPolicy)]
    fn create_policy(this: &PolicyFactory, name: &str, rules: &Object) -> Result<Policy, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createScriptURL)]
    fn create_script_url(this: &Policy, url: &str) -> Result<JsValue, JsValue>;
}

fn trust(url: &str) -> Result<JsValue, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
    if !factory.is_object() {
        return Ok(url.into());
    }
    let allowed = url.to_owned();
    let rule = Closure::<dyn FnMut(String) -> Result<String, JsValue>>::new(move |asked: String| {
        match asked == allowed {
            true => Ok(asked),
            false => Err(TypeError::new("not the engine's script").into()),
        }
    });
    let rules = Object::new();
    let rule = rule.into_js_value();
    Reflect::set(
        &rules,
        &"createScriptURL".into(),
        rule.unchecked_ref::<Function>(),
    )?;
    factory
        .unchecked_into::<PolicyFactory>()
        .create_policy(POLICY, &rules)?
        .create_script_url(url)
}
