//! The configuration cannot be used.

use yew::prelude::*;

use super::problem_card::{Problem, problem_card};
use crate::config::ConfigProblem;

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
    let problem = Problem {
        title: props.problem.title().into(),
        explanation: props.problem.explanation().into(),
        remedy: props.problem.remedy().into(),
    };
    problem_card(problem, NodeRef::default(), props.busy, &props.onretry)
}
