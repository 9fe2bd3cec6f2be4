use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::clock::Stopwatch;
use crate::story::Teller;

/// Shows the steps on standard error: a moving line where a person watches, plain lines elsewhere.
pub(super) struct Progress {
    bar: ProgressBar,
    plain: bool,
    begun: Stopwatch,
    step: Option<String>,
}

impl Progress {
    pub(super) fn new(steps: u64) -> Progress {
        let plain = !std::io::stderr().is_terminal();
        let target = if plain { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let style = ProgressStyle::with_template("{spinner} {wide_bar} {pos}/{len}  {elapsed}\n  {wide_msg}")
            .expect("the template is a constant that indicatif accepts");
        let bar = ProgressBar::with_draw_target(Some(steps), target).with_style(style);
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar, plain, begun: Stopwatch::start(), step: None }
    }

    /// Writes a line that stays.
    fn line(&self, text: &str) {
        if self.plain { eprintln!("{text}") } else { self.bar.println(text) }
    }

    fn close_step(&mut self) {
        if let Some(step) = self.step.take() {
            let millis = self.begun.millis();
            self.line(&format!("  ✓ {step}  ({}.{:01} s)", millis / 1000, millis % 1000 / 100));
            self.bar.inc(1);
        }
    }
}

impl Teller for Progress {
    fn chapter(&mut self, title: &str) {
        self.close_step();
        self.line(&format!("\n{title}"));
    }

    fn step(&mut self, text: &str) {
        self.close_step();
        self.begun = Stopwatch::start();
        self.bar.set_message(text.to_owned());
        self.step = Some(text.to_owned());
    }

    fn now(&mut self, text: &str) {
        self.bar.set_message(format!("{}: {text}", self.step.as_deref().unwrap_or_default()));
    }

    fn end(&mut self) {
        self.close_step();
        self.bar.finish_and_clear();
    }
}
