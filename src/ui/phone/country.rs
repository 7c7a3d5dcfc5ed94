//! Countries and their calling codes.

/// A country or territory that has a calling code of its own or shares one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2, such as `"GB"`; besides, `XK` for Kosovo, `AC` for Ascension and `TA` for Tristan da Cunha.
    pub region: &'static str,
    /// Digits without the plus, such as `"44"`: ITU-T E.164's list of assigned country codes.
    pub calling_code: &'static str,
}

/// Region and calling code by turns. Of the countries that share a code, the one most numbers belong to is first.
const TABLE: &str = "\
    US1RU7IT39GB44NO47AU61MA212RE262SH290FI358GP590CW599AC247AD376AE971AF93AG1AI1AL355AM374AO244AR54AS1\
    AT43AW297AX358AZ994BA387BB1BD880BE32BF226BG359BH973BI257BJ229BL590BM1BN673BO591BQ599BR55BS1BT975\
    BW267BY375BZ501CA1CC61CD243CF236CG242CH41CI225CK682CL56CM237CN86CO57CR506CU53CV238CX61CY357CZ420DE49\
    DJ253DK45DM1DO1DZ213EC593EE372EG20EH212ER291ES34ET251FJ679FK500FM691FO298FR33GA241GD1GE995GF594GG44\
    GH233GI350GL299GM220GN224GQ240GR30GT502GU1GW245GY592HK852HN504HR385HT509HU36ID62IE353IL972IM44IN91\
    IO246IQ964IR98IS354JE44JM1JO962JP81KE254KG996KH855KI686KM269KN1KP850KR82KW965KY1KZ7LA856LB961LC1\
    LI423LK94LR231LS266LT370LU352LV371LY218MC377MD373ME382MF590MG261MH692MK389ML223MM95MN976MO853MP1\
    MQ596MR222MS1MT356MU230MV960MW265MX52MY60MZ258NA264NC687NE227NF672NG234NI505NL31NP977NR674NU683NZ64\
    OM968PA507PE51PF689PG675PH63PK92PL48PM508PR1PS970PT351PW680PY595QA974RO40RS381RW250SA966SB677SC248\
    SD249SE46SG65SI386SJ47SK421SL232SM378SN221SO252SR597SS211ST239SV503SX1SY963SZ268TA290TC1TD235TG228\
    TH66TJ992TK690TL670TM993TN216TO676TR90TT1TV688TW886TZ255UA380UG256UY598UZ998VA39VC1VE58VG1VI1VN84\
    VU678WF681WS685XK383YE967YT262ZA27ZM260ZW263";

impl Country {
    /// The United States.
    pub const US: Self = Self {
        region: "US",
        calling_code: "1",
    };

    /// Every one, in no order that people would look for.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut rest = TABLE;
        std::iter::from_fn(move || {
            let (region, behind) = rest.split_at_checked(2)?;
            let end = behind
                .find(|character: char| !character.is_ascii_digit())
                .unwrap_or(behind.len());
            let (calling_code, next) = behind.split_at_checked(end)?;
            rest = next;
            Some(Self { region, calling_code })
        })
    }

    /// The one with this region code, in capitals.
    pub fn of(region: &str) -> Option<Self> {
        Self::all().find(|country| country.region == region)
    }

    /// The one that a number belongs to, by `digits` that start with a calling code: `current` if it has that code,
    /// else the largest that does. No calling code is the beginning of another.
    pub fn dialled(digits: &str, current: Option<Self>) -> Option<Self> {
        current
            .into_iter()
            .chain(Self::all())
            .find(|country| digits.starts_with(country.calling_code))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Country;

    #[test]
    fn every_region_is_there_once_with_a_code() {
        let regions: BTreeSet<_> = Country::all().map(|country| country.region).collect();
        assert_eq!((regions.len(), Country::all().count()), (245, 245));
        for country in Country::all() {
            assert!(
                country.region.bytes().all(|byte| byte.is_ascii_uppercase()),
                "{country:?}"
            );
            assert!((1..=3).contains(&country.calling_code.len()), "{country:?}");
            assert!(!country.calling_code.starts_with('0'), "{country:?}");
        }
    }

    #[test]
    fn no_code_is_the_beginning_of_another() {
        let codes: BTreeSet<_> = Country::all().map(|country| country.calling_code).collect();
        for code in &codes {
            let longer = codes
                .iter()
                .find(|other| other.len() > code.len() && other.starts_with(code));
            assert_eq!(longer, None, "{code}");
        }
    }

    #[test]
    fn regions_are_found_by_name_and_by_number() {
        let code = |region| Country::of(region).map(|country| country.calling_code);
        assert_eq!(code("GB"), Some("44"));
        assert_eq!(code("ZW"), Some("263"));
        assert_eq!(Country::of("US"), Some(Country::US));
        assert_eq!(code("gb"), None);
        assert_eq!(code("ZZ"), None);

        let dialled = |digits| Country::dialled(digits, None).map(|country| country.region);
        for (digits, region) in [
            ("12125550123", "US"),
            ("74951234567", "RU"),
            ("442079460958", "GB"),
            ("4712345678", "NO"),
            ("61412345678", "AU"),
            ("390612345678", "IT"),
            ("358401234567", "FI"),
            ("35312345678", "IE"),
            ("590690001234", "GP"),
            ("599", "CW"),
            ("262", "RE"),
            ("383", "XK"),
        ] {
            assert_eq!(dialled(digits), Some(region), "{digits}");
        }
        assert_eq!(dialled("9991234"), None);
        assert_eq!(dialled("35"), None);
        assert_eq!(dialled(""), None);
    }

    #[test]
    fn a_country_that_shares_the_code_stays() {
        for (region, digits) in [
            ("CA", "14165550123"),
            ("KZ", "77012345678"),
            ("JE", "441534123456"),
            ("AX", "35818123456"),
        ] {
            let current = Country::of(region);
            assert_eq!(Country::dialled(digits, current), current, "{region}");
        }
        let from_jersey = Country::dialled("33612345678", Country::of("JE"));
        assert_eq!(from_jersey, Country::of("FR"));
    }
}
