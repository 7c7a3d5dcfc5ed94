//! The configuration cannot be used.

use stylist::yew::use_style;
use yew::prelude::*;

use crate::{
    config::ConfigProblem,
    ui::{Button, Card},
};

/// Properties of [`ConfigProblemScreen`].
#[derive(Properties, Clone, PartialEq)]
pub struct ConfigProblemProps {
    /// What is wrong.
    pub problem: ConfigProblem,
    /// Whether it is being loaded again.
    pub busy: bool,
    /// Loads it again.
    pub onretry: Callback<()>,
}

/// The screen for whoever deploys the app: what is wrong with its configuration, and what to do about it.
#[component]
pub fn ConfigProblemScreen(props: &ConfigProblemProps) -> Html {
    let class = use_style!(
        r#"
        margin: 0;
        overflow-wrap: anywhere;

        strong {
            display: block;
            font-weight: 600;
        }
        "#
    );
    let ConfigProblemProps {
        problem,
        busy,
        onretry,
    } = props.clone();
    html! {
        <Card title={problem.title()} description={problem.explanation()}>
            <p {class}><strong>{ "What to do" }</strong>{ problem.remedy() }</p>
            <Button label="Try again" busy_label="Loading…" {busy} wide=true
                onclick={onretry.reform(|_: MouseEvent| ())} />
        </Card>
    }
}
