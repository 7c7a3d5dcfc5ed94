//! Queries and forms (`application/x-www-form-urlencoded`).

/// Names and values, each name once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters(Vec<(String, String)>);

/// What cannot be read as parameters: a broken percent-encoding, text that is not UTF-8, or a name that is
/// given twice (RFC 6749, section 3.1).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

impl Parameters {
    /// Reads a query or a form.
    ///
    /// # Errors
    /// [`Malformed`].
    pub(super) fn parse(text: &str) -> Result<Self, Malformed> {
        let mut read: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            // RFC 8707 lets `resource` stand more than once.
            if name != "resource" && read.iter().any(|(known, _)| *known == name) {
                return Err(Malformed);
            }
            read.push((name, value));
        }
        Ok(Self(read))
    }

    /// The value of that name; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The value of that name, unless it is absent or empty.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same with another value for `name`.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let others = self.0.iter().filter(|(known, _)| known != name).cloned();
        Self(others.chain([(name.to_owned(), value.to_owned())]).collect())
    }

    /// As a query.
    pub(super) fn encode(&self) -> String {
        query(self.iter())
    }
}

/// A query of those names and values.
pub(super) fn query<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The text that a part of a query, a form or a path stands for.
///
/// # Errors
/// [`Malformed`].
pub(super) fn decoded(text: &str) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let (high, low) = (digit().ok_or(Malformed)?, digit().ok_or(Malformed)?);
                u8::try_from(high * 16 + low).map_err(|_| Malformed)?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_read_again() {
        let odd = "a b&c=d%2F+é\u{1f600}\"<>\r\n";
        let read = Parameters::parse(&format!("x={}&y=1+2&z", encoded(odd))).unwrap();
        assert_eq!((read.text("x"), read.text("y")), (odd, "1 2"));
        assert_eq!((read.given("z"), read.given("absent")), (None, None));
        assert_eq!(Parameters::parse(&read.encode()), Ok(read));
    }

    #[test]
    fn broken_and_doubled_parameters_are_refused() {
        for text in ["a=%", "a=%2", "a=%zz", "a=%ff", "a=1&a=2", "a=1&%61=2"] {
            assert_eq!(Parameters::parse(text), Err(Malformed), "{text}");
        }
        assert!(Parameters::parse("resource=1&resource=2&a=%C3%A9").is_ok());
    }

    #[test]
    fn a_parameter_is_replaced_in_place_of_a_second_one() {
        let read = Parameters::parse("a=1&b=2").unwrap().with("a", "3");
        assert_eq!(read.encode(), "b=2&a=3");
    }
}
