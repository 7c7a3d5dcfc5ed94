/// The one of `addresses`, as the configuration lists them, to which a page at `base` is to be led back: the first
/// below `base`, or else the first of its origin. `base` is an address with its path, such as
/// `https://example.com/app/`.
pub fn for_page<'a>(addresses: &'a [String], base: &str) -> Option<&'a str> {
    // Up to its last slash: what stands behind that is a file.
    let folder = base.rsplit_once('/').map_or(base, |(folder, _)| folder);
    let below = |address: &&String| {
        let rest = address.strip_prefix(folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    };
    let same_origin = |address: &&String| origin(address).is_some() && origin(address) == origin(base);
    let listed = || addresses.iter().filter(same_origin);
    listed()
        .find(below)
        .or_else(|| listed().next())
        .map(String::as_str)
}

/// Scheme and authority, of addresses on the web.
fn origin(address: &str) -> Option<&str> {
    let authority = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let length = authority.find(['/', '?', '#']).unwrap_or(authority.len());
    let before = address.len() - authority.len();
    address.get(..before + length)
}
