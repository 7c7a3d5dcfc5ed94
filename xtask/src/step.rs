//! Set-up as a list of steps, of which only the missing ones are carried out.

use std::time::{Duration, Instant};

use crate::context::{Context, Failure};

type Check = Box<dyn Fn(&Context) -> bool>;
type Action = Box<dyn Fn(&Context) -> Result<(), Failure>>;

/// Something that the machine has to have.
pub struct Step {
    title: String,
    takes: &'static str,
    is_done: Check,
    action: Action,
}

impl Step {
    /// `takes` says how long it is going to be; `is_done` has to be quick and look at the thing itself.
    pub fn new(
        title: impl Into<String>,
        takes: &'static str,
        is_done: impl Fn(&Context) -> bool + 'static,
        action: impl Fn(&Context) -> Result<(), Failure> + 'static,
    ) -> Self {
        Self {
            title: title.into(),
            takes,
            is_done: Box::new(is_done),
            action: Box::new(action),
        }
    }
}

/// Carries out the steps that are not done yet, and says so.
pub fn set_up(context: &Context, steps: &[Step]) -> Result<(), Failure> {
    let missing: Vec<&Step> = steps.iter().filter(|step| !(step.is_done)(context)).collect();
    for (index, step) in missing.iter().enumerate() {
        println!(
            "[{}/{}] {} ({})",
            index + 1,
            missing.len(),
            step.title,
            step.takes
        );
        let started = Instant::now();
        (step.action)(context)?;
        if !(step.is_done)(context) {
            return Err(Failure::because(format!(
                "`{}` ran without an error, and yet what it was to set up is not there; look at its output above",
                step.title
            )));
        }
        println!("      done in {}", time(started.elapsed()));
    }
    Ok(())
}

/// A time for people: `0.4 s`, `12 s`, `3 min 5 s`.
pub fn time(time: Duration) -> String {
    match time.as_secs() {
        0..=9 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..=59 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    fn counted(done_after: u32) -> (Step, Rc<Cell<u32>>) {
        let runs = Rc::new(Cell::new(0));
        let (seen, count) = (runs.clone(), runs.clone());
        let action = move |_: &Context| {
            count.set(count.get() + 1);
            Ok(())
        };
        (
            Step::new("Counting", "no time", move |_| seen.get() >= done_after, action),
            runs,
        )
    }

    #[test]
    fn only_what_is_missing_is_carried_out() {
        let context = Context::new().unwrap();
        let (done, done_runs) = counted(0);
        let (missing, missing_runs) = counted(1);
        let steps = [done, missing];
        set_up(&context, &steps).unwrap();
        assert_eq!((done_runs.get(), missing_runs.get()), (0, 1));
        set_up(&context, &steps).unwrap();
        assert_eq!((done_runs.get(), missing_runs.get()), (0, 1));
    }

    #[test]
    fn a_step_that_changes_nothing_is_an_error() {
        let (step, runs) = counted(2);
        assert!(set_up(&Context::new().unwrap(), &[step]).is_err());
        assert_eq!(runs.get(), 1);
    }

    #[test]
    fn times_are_short() {
        assert_eq!(time(Duration::from_millis(440)), "0.4 s");
        assert_eq!(time(Duration::from_millis(12_800)), "12 s");
        assert_eq!(time(Duration::from_secs(185)), "3 min 5 s");
    }
}
