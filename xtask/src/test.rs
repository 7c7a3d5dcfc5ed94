//! `cargo xtask test`: every check, whether the ones before it passed or not.

use std::fs::{self, File};
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::browser;
use crate::build;
use crate::clients;
use crate::context::{Context, Failure};
use crate::http;
use crate::npm;
use crate::process::{Running, run, tee};
use crate::recording;
use crate::report::{self, Tally};
use crate::serve;
use crate::step::{set_up, time};
use crate::toolchain::{self, TARGET};
use crate::tools;

/// Features of the library that are off unless somebody wants them; the app does without.
pub const FEATURES: &str = "yew-cognito/credentials";

/// Which tests to run.
#[derive(Debug, PartialEq, Eq)]
struct Selection<'a> {
    lint: bool,
    rust: bool,
    clients: bool,
    e2e: bool,
    filters: Vec<&'a str>,
}

impl<'a> Selection<'a> {
    fn parse(arguments: &'a [String]) -> Self {
        let (parts, filters): (Vec<&str>, Vec<&str>) = arguments
            .iter()
            .map(String::as_str)
            .partition(|word| matches!(*word, "lint" | "rust" | "clients" | "e2e"));
        let chosen = |part| parts.contains(&part);
        let all = parts.is_empty();
        Self {
            lint: chosen("lint") || (all && filters.is_empty()),
            rust: chosen("rust") || all,
            clients: chosen("clients") || all,
            e2e: chosen("e2e") || all,
            filters,
        }
    }

    /// Whether these tests cannot pass without asking a pool; those that a filter picks may.
    fn records_something(&self) -> bool {
        (self.rust || self.clients || self.e2e) && self.filters.is_empty()
    }
}

/// Runs checks one after the other and keeps count.
struct Checks<'a> {
    context: &'a Context,
    sum: Tally,
    failed: Vec<String>,
}

impl Checks<'_> {
    fn check(
        &mut self,
        name: &str,
        check: impl FnOnce(&Context) -> Result<Tally, Failure>,
    ) -> Result<bool, Failure> {
        println!("\n== {name}");
        let started = Instant::now();
        let tally = match check(self.context) {
            Ok(tally) => tally,
            Err(Failure::Interrupted) => return Err(Failure::Interrupted),
            Err(Failure::Because(reason)) => {
                println!("{reason}");
                Tally::one(false)
            }
        };
        println!(
            "== {name}: {} after {}",
            if tally.failed == 0 { "ok" } else { "FAILED" },
            time(started.elapsed())
        );
        if tally.failed > 0 {
            self.failed.push(name.to_owned());
        }
        self.sum.add(tally);
        Ok(tally.failed == 0)
    }

    /// A command that passes if it exits with 0.
    fn command(&mut self, name: &str, command: impl FnOnce(&Context) -> Command) -> Result<bool, Failure> {
        self.check(name, |context| {
            run(&mut command(context)).map(|()| Tally::one(true))
        })
    }

    /// Set-up is no test; it is counted only if it fails, and then for all that needs it.
    fn set_up(
        &mut self,
        name: &str,
        set_up: impl FnOnce(&Context) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        self.check(name, |context| set_up(context).map(|()| Tally::default()))
    }
}

/// Runs the chosen tests; the exit code is not 0 if any failed.
pub fn test(context: &Context, arguments: &[String]) -> Result<ExitCode, Failure> {
    let selection = Selection::parse(arguments);
    let mut checks = Checks {
        context,
        sum: Tally::default(),
        failed: Vec::new(),
    };
    recording::clear(context)?;
    if selection.lint {
        lint(&mut checks)?;
    }
    if selection.rust {
        rust(&mut checks, &selection.filters)?;
    }
    if selection.clients {
        other_clients(&mut checks, &selection.filters)?;
    }
    if selection.e2e {
        e2e(&mut checks, &selection.filters)?;
    }
    if selection.records_something() || !recording::is_empty(context)? {
        checks.check("Exchanges with the local pool", recording::check)?;
    }
    println!();
    if !checks.failed.is_empty() {
        println!("Failed: {}", checks.failed.join(", "));
    }
    if checks.sum == Tally::default() {
        println!("No test has a name with: {}", selection.filters.join(", "));
    }
    println!("{} passed, {} failed", checks.sum.passed, checks.sum.failed);
    let good = checks.sum.failed == 0 && checks.sum.passed > 0;
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn lint(checks: &mut Checks) -> Result<(), Failure> {
    let ready = checks.set_up("Set-up of the lints", |context| {
        let mut steps = toolchain::steps(context.way);
        steps.extend(toolchain::component_steps(context.way));
        set_up(context, &steps)
    })?;
    if ready {
        checks.command("Format", |context| cargo(context, &["fmt", "--all", "--check"]))?;
        checks.command("Lints", |context| {
            cargo(
                context,
                &[
                    "clippy",
                    "--locked",
                    "--workspace",
                    "--all-targets",
                    "--features",
                    FEATURES,
                    "--",
                    "-D",
                    "warnings",
                ],
            )
        })?;
        checks.command("Lints for the browser", |context| {
            // Dev-dependencies are for the host's tests, so no --all-targets.
            let package = [
                "clippy",
                "--locked",
                "--package",
                "yew-cognito",
                "--lib",
                "--bins",
            ];
            let mut command = cargo(context, &package);
            command.args(["--target", TARGET, "--", "-D", "warnings"]);
            command
        })?;
        checks.command("Lints for the browser, with every feature", |context| {
            let package = ["clippy", "--locked", "--package", "yew-cognito", "--lib"];
            let mut command = cargo(context, &package);
            command.args(["--features", FEATURES, "--target", TARGET, "--", "-D", "warnings"]);
            command
        })?;
    }
    if checks.set_up("Set-up of cargo-deny", |context| {
        set_up(context, &[tools::cargo_deny_step()])
    })? {
        checks.command("Licences, bans and sources", |context| {
            cargo(
                context,
                &["deny", "--locked", "check", "licenses", "bans", "sources"],
            )
        })?;
    }
    Ok(())
}

fn rust(checks: &mut Checks, filters: &[&str]) -> Result<(), Failure> {
    if !checks.set_up("Set-up of the Rust tests", |context| {
        set_up(context, &toolchain::steps(context.way))
    })? {
        return Ok(());
    }
    checks.check("Unit, integration and doc tests", |context| {
        let mut tests = cargo(
            context,
            &[
                "test",
                "--locked",
                "--workspace",
                "--features",
                FEATURES,
                "--no-fail-fast",
                "--",
            ],
        );
        recording::recorded(context, &mut tests)?;
        let (status, output) = tee(tests.args(filters))?;
        Ok(report::libtest(&output).or_failed_as_a_whole(status.success()))
    })?;
    if filters.is_empty() {
        checks.command("Documentation", |context| {
            let mut command = cargo(
                context,
                &[
                    "doc",
                    "--locked",
                    "--no-deps",
                    "--lib",
                    "--package",
                    "yew-cognito",
                    "--features",
                    FEATURES,
                ],
            );
            command.env("RUSTDOCFLAGS", "-D warnings");
            command
        })?;
    }
    Ok(())
}

fn other_clients(checks: &mut Checks, filters: &[&str]) -> Result<(), Failure> {
    let ready = checks.set_up("Set-up of the other clients", |context| {
        npm::need_node(context)?;
        set_up(context, &toolchain::steps(context.way))?;
        set_up(context, &clients::steps(context.way))
    })?;
    if !ready {
        return Ok(());
    }
    checks.check("Local pool with clients in JavaScript", |context| {
        clients::node(context, &serve::build_pool(context)?, filters)
    })?;
    checks.check("Local pool with clients in Python", |context| {
        clients::python_tests(context, &serve::build_pool(context)?, filters)
    })?;
    Ok(())
}

fn e2e(checks: &mut Checks, filters: &[&str]) -> Result<(), Failure> {
    let ready = checks.set_up("Set-up of the browser journeys", |context| {
        http::need_free(http::APP, "the app")?;
        http::need_free(http::POOL, "the local user pool")?;
        npm::need_node(context)?;
        set_up(context, &build::steps(context)?)?;
        set_up(
            context,
            &[browser::npm_step(), browser::chromium_step(context.way)],
        )
    })?;
    if ready
        && checks.check("Release build", |context| {
            build::release(context).map(|()| Tally::one(true))
        })?
    {
        checks.check("Browser journeys", |context| journeys(context, filters))?;
    }
    Ok(())
}

fn journeys(context: &Context, filters: &[&str]) -> Result<Tally, Failure> {
    let pool = serve::build_pool(context)?;
    let scratch = context.scratch()?;
    let (log, report) = (scratch.join("trunk-serve.log"), scratch.join("journeys.json"));
    let to_log = || {
        File::options()
            .create(true)
            .append(true)
            .open(&log)
            .map_err(|error| Failure::because(format!("cannot write {}: {error}", log.display())))
    };
    // Those of the last run, if there was one.
    let _ = fs::remove_file(&log);
    let _ = fs::remove_file(&report);
    let mut serve = context.command("trunk");
    serve
        .args(["serve", "--release", "--locked"])
        .stdout(to_log()?)
        .stderr(to_log()?);
    let mut trunk = Running::start(&mut serve)?;
    if let Err(failure) = serve::until_answered(&mut trunk, "trunk serve", http::APP, None) {
        print!("{}", fs::read_to_string(&log).unwrap_or_default());
        return Err(failure);
    }
    let mut playwright = context.npm_command("npx");
    playwright
        .args(["--no", "playwright", "test"])
        .env("YEW_COGNITO_POOL", pool)
        .env("YEW_COGNITO_REPORT", &report);
    recording::recorded(context, &mut playwright)?;
    if let Some(chromium) = browser::chromium(context) {
        playwright.env("YEW_COGNITO_CHROMIUM", chromium);
    }
    if !filters.is_empty() {
        playwright.args(["--pass-with-no-tests", "--grep", &filters.join("|")]);
    }
    let outcome = run(&mut playwright);
    let counts = fs::read_to_string(&report)
        .ok()
        .and_then(|text| report::playwright(&text));
    match (outcome, counts) {
        (Err(Failure::Interrupted), _) => Err(Failure::Interrupted),
        (outcome, Some(counts)) => Ok(counts.or_failed_as_a_whole(outcome.is_ok())),
        (Err(failure), None) => Err(failure),
        (Ok(()), None) => Err(Failure::because(
            "Playwright wrote no report, so nothing is known to have passed",
        )),
    }
}

fn cargo(context: &Context, arguments: &[&str]) -> Command {
    let mut command = context.command("cargo");
    command.args(arguments);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_arguments_everything_runs() {
        let arguments = words("");
        let all = Selection {
            lint: true,
            rust: true,
            clients: true,
            e2e: true,
            filters: Vec::new(),
        };
        assert_eq!(Selection::parse(&arguments), all);
    }

    #[test]
    fn parts_and_filters_narrow_it_down() {
        let arguments = words("lint");
        let lint = Selection {
            lint: true,
            rust: false,
            clients: false,
            e2e: false,
            filters: Vec::new(),
        };
        assert_eq!(Selection::parse(&arguments), lint);
        let arguments = words("srp token");
        let named = Selection {
            lint: false,
            rust: true,
            clients: true,
            e2e: true,
            filters: vec!["srp", "token"],
        };
        assert_eq!(Selection::parse(&arguments), named);
        let arguments = words("e2e sign-up");
        let journeys = Selection {
            lint: false,
            rust: false,
            clients: false,
            e2e: true,
            filters: vec!["sign-up"],
        };
        assert_eq!(Selection::parse(&arguments), journeys);
        let arguments = words("clients");
        let clients = Selection {
            lint: false,
            rust: false,
            clients: true,
            e2e: false,
            filters: Vec::new(),
        };
        assert_eq!(Selection::parse(&arguments), clients);
    }

    #[test]
    fn a_failing_check_is_counted_and_hides_nothing() {
        let context = Context::new().unwrap();
        let mut checks = Checks {
            context: &context,
            sum: Tally::default(),
            failed: Vec::new(),
        };
        assert!(!checks.check("bad", |_| Err(Failure::because("so"))).unwrap());
        assert!(
            checks
                .check("good", |_| Ok(Tally { passed: 3, failed: 0 }))
                .unwrap()
        );
        assert!(checks.set_up("ready", |_| Ok(())).unwrap());
        assert_eq!(checks.sum, Tally { passed: 3, failed: 1 });
        assert_eq!(checks.failed, ["bad"]);
        assert!(matches!(
            checks.check("stop", |_| Err(Failure::Interrupted)),
            Err(Failure::Interrupted)
        ));
    }
}
