//! When the session renews itself, in words that stay true.

use gloo_timers::callback::Interval;
use yew::prelude::*;

use super::words::{in_time, now};
use crate::{auth::Renewal, ports::UnixMillis};

#[derive(Properties, Clone, PartialEq)]
pub(super) struct RenewalTimeProps {
    pub renewal: Renewal,
}

#[component]
pub(super) fn RenewalTime(props: &RenewalTimeProps) -> Html {
    let words = use_state_eq(String::new);
    {
        let words = words.setter();
        use_effect_with(props.renewal, move |renewal| {
            let renewal = *renewal;
            words.set(sentence(renewal, now()));
            let clock = Interval::new(1000, move || words.set(sentence(renewal, now())));
            move || drop(clock)
        });
    }
    html! { (*words).clone() }
}

fn sentence(renewal: Renewal, now: u64) -> String {
    let until = |moment: UnixMillis| in_time(moment.0.saturating_sub(now) / 1000);
    match renewal {
        Renewal::At(moment) => ["Renews ", &until(moment)].concat(),
        Renewal::Now => "Renewing now".to_owned(),
        Renewal::RetryAt(moment) => ["Could not be renewed; next try ", &until(moment)].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Renewal, UnixMillis, sentence};

    #[test]
    fn says_when_and_whether_it_failed() {
        assert_eq!(
            sentence(Renewal::At(UnixMillis(600_000)), 0),
            "Renews in 10 minutes"
        );
        assert_eq!(
            sentence(Renewal::At(UnixMillis(1)), 5_000),
            "Renews in less than a minute"
        );
        assert_eq!(sentence(Renewal::Now, 0), "Renewing now");
        assert_eq!(
            sentence(Renewal::RetryAt(UnixMillis(90_000)), 0),
            "Could not be renewed; next try in 1 minute"
        );
    }
}
