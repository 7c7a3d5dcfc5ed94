//! From what people write to E.164.

use super::Country;

/// What keeps a text from being a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProblem {
    /// There is not a digit in it.
    Empty,
    /// There is more in it than digits and what people group them with.
    NotANumber,
    /// It does not start with a calling code, and no country is chosen.
    NoCallingCode,
    /// E.164 numbers have seven digits or more, those of North America eleven.
    TooShort,
    /// E.164 numbers have fifteen digits at the most, those of North America eleven.
    TooLong,
}

/// The number in E.164 form, `+` and 7 to 15 digits, from the many ways to write it.
///
/// A number written internationally (`+44 …`, `0044 …`, `tel:+44…`) stands for itself, any other is of the country
/// with `calling_code`; with `""` only the international way is understood. What is dialled only within a country,
/// such as the first `0` of `020 7946 0958`, is left out.
///
/// ```
/// # use yew_cognito::ui::e164;
/// assert_eq!(e164("(020) 7946 0958", "44").as_deref(), Ok("+442079460958"));
/// assert_eq!(e164("+39 (0)6 1234 5678", "44").as_deref(), Ok("+390612345678"));
/// ```
///
/// # Errors
/// What is wrong with `text`. Whether such a number is in use is not known here.
pub fn e164(text: &str, calling_code: &str) -> Result<String, PhoneProblem> {
    let written = Written::read(text)?;
    let (code, national) = match written.international(calling_code) {
        Some(digits) => match Country::dialled(digits, None) {
            Some(country) => digits.split_at_checked(country.calling_code.len()),
            None => Some(("", digits)),
        }
        .unwrap_or_default(),
        None if calling_code.is_empty() => return Err(PhoneProblem::NoCallingCode),
        None => (calling_code, written.digits.as_str()),
    };
    let national = without_trunk_prefix(code, national);
    if code.is_empty() && national.starts_with('0') {
        return Err(PhoneProblem::NoCallingCode);
    }
    let (fewest, most) = match code {
        "1" => (10, 10),
        _ => (7_usize.saturating_sub(code.len()), 15 - code.len().min(15)),
    };
    match national.len() {
        length if length < fewest => Err(PhoneProblem::TooShort),
        length if length > most => Err(PhoneProblem::TooLong),
        _ => Ok(["+", code, national].concat()),
    }
}

/// The digits from the calling code on, if `text` is written internationally, as seen from the country with
/// `calling_code`. There may be too few or too many of them.
pub(super) fn international(text: &str, calling_code: &str) -> Option<String> {
    let written = Written::read(text).ok()?;
    written.international(calling_code).map(str::to_owned)
}

struct Written {
    plus: bool,
    /// ASCII.
    digits: String,
}

impl Written {
    fn read(text: &str) -> Result<Self, PhoneProblem> {
        let text = text.trim();
        // RFC 3966, without its parameters.
        let text = match text.split_at_checked(4) {
            Some((scheme, number)) if scheme.eq_ignore_ascii_case("tel:") => {
                number.split_once(';').map_or(number, |(number, _)| number)
            }
            _ => text,
        };
        let mut written = Self {
            plus: false,
            digits: String::new(),
        };
        for character in text.chars() {
            if let Some(digit) = digit(character) {
                written.digits.push(digit);
            } else if matches!(character, '+' | '＋') && !written.plus && written.digits.is_empty() {
                written.plus = true;
            } else if !is_separator(character) {
                return Err(PhoneProblem::NotANumber);
            }
        }
        if written.digits.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        Ok(written)
    }

    fn international(&self, calling_code: &str) -> Option<&str> {
        let digits = self.digits.as_str();
        if self.plus {
            return Some(digits.strip_prefix("00").unwrap_or(digits));
        }
        let prefix = match calling_code {
            "1" => "011",
            "7" => "810",
            "61" => "0011",
            "81" => "010",
            _ => "00",
        };
        if prefix.starts_with(digits) {
            return None;
        }
        digits.strip_prefix(prefix).or_else(|| digits.strip_prefix("00"))
    }
}

/// The national number without the digits that only a call within the country starts with.
fn without_trunk_prefix<'a>(calling_code: &str, national: &'a str) -> &'a str {
    let prefix = match (calling_code, national.len()) {
        // Their numbers themselves may start with 0.
        ("" | "39" | "225" | "226" | "229" | "242" | "378" | "992", _) | ("241", ..=8) => "",
        ("1", 11..) => "1",
        ("7", 11) | ("370" | "993", 9) if national.starts_with('8') => "8",
        ("375", 11) => "80",
        ("36", _) if national.starts_with("06") => "06",
        _ => "0",
    };
    national.strip_prefix(prefix).unwrap_or(national)
}

/// The ASCII form of a decimal digit of the scripts in everyday use.
fn digit(character: char) -> Option<char> {
    const ZEROS: &str = "0٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐０";
    ZEROS.chars().find_map(|zero| {
        let value = u32::from(character).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character,
            '-' | '.' | '(' | ')' | '/' | '·' | '−' | '（' | '）' | '－' | '．' | '／'
            // Hyphens and dashes, and the marks of direction that address books put around a number.
            | '\u{2010}'..='\u{2015}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{PhoneProblem, e164, international};

    #[test]
    fn national_numbers_of_the_chosen_country() {
        for (code, text, number) in [
            ("44", "020 7946 0958", "+442079460958"),
            ("44", "(020) 7946-0958", "+442079460958"),
            ("44", "07911 123456", "+447911123456"),
            ("44", "7911123456", "+447911123456"),
            ("1", "(212) 555-0123", "+12125550123"),
            ("1", "212.555.0123", "+12125550123"),
            ("1", "1-212-555-0123", "+12125550123"),
            ("33", "06 12 34 56 78", "+33612345678"),
            ("49", "030/901820", "+4930901820"),
            ("39", "06 6982 1234", "+390669821234"),
            ("39", "347 123 4567", "+393471234567"),
            ("378", "0549 886 123", "+3780549886123"),
            ("7", "8 (495) 123-45-67", "+74951234567"),
            ("7", "8 800 555 35 35", "+78005553535"),
            ("7", "800 555 35 35", "+78005553535"),
            ("7", "8 701 234 5678", "+77012345678"),
            ("375", "8 029 123 45 67", "+375291234567"),
            ("370", "8 612 34567", "+37061234567"),
            ("370", "0 612 34567", "+37061234567"),
            ("36", "06 20 123 4567", "+36201234567"),
            ("225", "07 08 12 34 56", "+2250708123456"),
            ("241", "06 12 34 56", "+24106123456"),
            ("241", "066 12 34 56", "+24166123456"),
            ("34", "612 34 56 78", "+34612345678"),
            ("91", "098765 43210", "+919876543210"),
            ("81", "090-1234-5678", "+819012345678"),
            ("61", "0412 345 678", "+61412345678"),
            ("86", "138 0013 8000", "+8613800138000"),
        ] {
            assert_eq!(e164(text, code).as_deref(), Ok(number), "{text} in +{code}");
        }
    }

    #[test]
    fn international_numbers_stand_for_themselves() {
        for (code, text, number) in [
            ("", "+44 20 7946 0958", "+442079460958"),
            ("", "0044 20 7946 0958", "+442079460958"),
            ("1", "+44 (0)20 7946 0958", "+442079460958"),
            ("33", "+44 020 7946 0958", "+442079460958"),
            ("1", "(+44) 20-7946-0958", "+442079460958"),
            ("1", "tel:+44-20-7946-0958;ext=12", "+442079460958"),
            ("1", "TEL:+442079460958", "+442079460958"),
            ("1", "011 44 20 7946 0958", "+442079460958"),
            ("61", "0011 44 20 7946 0958", "+442079460958"),
            ("61", "0044 20 7946 0958", "+442079460958"),
            ("81", "010 44 20 7946 0958", "+442079460958"),
            ("7", "8 10 44 20 7946 0958", "+442079460958"),
            ("1", "+0044 20 7946 0958", "+442079460958"),
            ("44", "+39 06 6982 1234", "+390669821234"),
            ("44", "+39 (0)6 6982 1234", "+390669821234"),
            ("44", "+36 (06) 20 123 4567", "+36201234567"),
            ("44", "+1 1 212 555 0123", "+12125550123"),
            ("44", "+1 555 010 0123", "+15550100123"),
            ("44", "+882 16 1234 5678", "+8821612345678"),
            (
                "44",
                "\u{202a}+1\u{a0}(212)\u{a0}555\u{2011}0123\u{202c}",
                "+12125550123",
            ),
        ] {
            assert_eq!(e164(text, code).as_deref(), Ok(number), "{text} in +{code}");
        }
    }

    #[test]
    fn digits_of_other_scripts_count() {
        for (code, text, number) in [
            ("20", "٠١٠١ ٢٣٤ ٥٦٧٨", "+201012345678"),
            ("98", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "+989123456789"),
            ("91", "९८७६५ ४३२१०", "+919876543210"),
            ("", "＋８１－９０－１２３４－５６７８", "+819012345678"),
        ] {
            assert_eq!(e164(text, code).as_deref(), Ok(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_said() {
        use PhoneProblem::{Empty, NoCallingCode, NotANumber, TooLong, TooShort};
        for (code, text, problem) in [
            ("44", "", Empty),
            ("44", " + ", Empty),
            ("44", "()", Empty),
            ("1", "1-800-FLOWERS", NotANumber),
            ("44", "ada@example.com", NotANumber),
            ("44", "20 7946 + 0958", NotANumber),
            ("44", "++442079460958", NotANumber),
            ("44", "020 7946 0958 x12", NotANumber),
            ("", "020 7946 0958", NoCallingCode),
            ("44", "+0 20 7946 0958", NoCallingCode),
            ("44", "0207", TooShort),
            ("44", "+123", TooShort),
            ("44", "+44", TooShort),
            ("44", "00", TooShort),
            ("1", "555 0100", TooShort),
            ("1", "+1 555 0100", TooShort),
            ("1", "212 555 0123 45", TooLong),
            ("44", "+44 12345 67890 1234", TooLong),
            ("44", "1234567890123456", TooLong),
        ] {
            assert_eq!(e164(text, code), Err(problem), "{text} in +{code}");
        }
    }

    #[test]
    fn e164_is_its_own_form() {
        for number in ["+442079460958", "+390669821234", "+12125550123", "+2250708123456"] {
            for code in ["", "1", "44", "61"] {
                assert_eq!(e164(number, code).as_deref(), Ok(number));
            }
        }
    }

    #[test]
    fn a_number_becomes_international_while_it_is_typed() {
        let digits = |text, code| international(text, code);
        assert_eq!(digits("+4", "1").as_deref(), Some("4"));
        assert_eq!(digits("+44 2", "1").as_deref(), Some("442"));
        assert_eq!(digits("00442", "1").as_deref(), Some("442"));
        assert_eq!(digits("01144", "1").as_deref(), Some("44"));
        // Not yet known to be Australia's 0011 or 00 and North America.
        assert_eq!(digits("001", "61"), None);
        assert_eq!(digits("001144", "61").as_deref(), Some("44"));
        for national in ["", "0", "00", "020 7946", "44 20"] {
            assert_eq!(digits(national, "44"), None, "{national}");
        }
    }
}
