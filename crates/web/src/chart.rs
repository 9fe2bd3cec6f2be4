use domain::{Date, Money};
use maud::{Markup, html};

use crate::Locale;

const WIDTH: i128 = 720;
const HEIGHT: i128 = 180;
/// Room for the thickness of the line above the highest and below the lowest point.
const EDGE: i128 = 2;

/// A line of balances over days, drawn on the server in whole numbers. A balance holds until the next one, so the line
/// goes in steps. Points are in the order of their days; fewer than two draw a sentence instead.
pub fn line(points: &[(Date, Money)], title: &str, locale: &Locale) -> Markup {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return nothing(locale) };
    if points.len() < 2 || first.0 == last.0 {
        return nothing(locale);
    }
    let amounts = || points.iter().map(|(_, money)| money.minor());
    let (lowest, highest) = (amounts().min().unwrap_or(0), amounts().max().unwrap_or(0));
    let scale = Scale { from: first.0, days: day_number(first.0, last.0) + 1, low: lowest, high: highest };
    let mut path = String::new();
    for (at, (date, money)) in points.iter().enumerate() {
        let (x, y) = (scale.x(*date), scale.y(money.minor()));
        path.push_str(&if at == 0 { format!("M{x} {y}") } else { format!("H{x}V{y}") });
    }
    // The last balance holds through its own day.
    path.push_str(&format!("H{WIDTH}"));
    let amount = |minor| locale.money(Money::new(minor, last.1.currency()));
    let about = locale.say_with(
        "web-chart-about",
        &[
            ("from", locale.date(first.0).into()),
            ("to", locale.date(last.0).into()),
            ("lowest", amount(lowest).into()),
            ("highest", amount(highest).into()),
            ("last", locale.money(last.1).into()),
        ],
    );
    html! {
        figure.chart {
            p.chart-edge { (amount(highest)) }
            // Stretched to the width there is: the words stand outside, so that they keep their size on a phone.
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" role="img" aria-label={ (title) ". " (about) } {
                title { (title) }
                path.rule d={ "M0 " (scale.y(highest)) "H" (WIDTH) "M0 " (HEIGHT) "H" (WIDTH) } {}
                @if lowest < 0 && highest > 0 { path.rule.zero d={ "M0 " (scale.y(0)) "H" (WIDTH) } {} }
                path.area d={ (path) "V" (HEIGHT) "H0Z" } {}
                path.line d=(path) {}
            }
            p.chart-edge { (amount(lowest)) }
            p.chart-days { span { (locale.date(first.0)) } span { (locale.date(last.0)) } }
        }
    }
}

fn nothing(locale: &Locale) -> Markup {
    html! { p.soft { (locale.say("web-chart-empty")) } }
}

struct Scale {
    from: Date,
    days: i128,
    low: i64,
    high: i64,
}

impl Scale {
    fn x(&self, date: Date) -> i128 {
        day_number(self.from, date) * WIDTH / self.days
    }

    fn y(&self, minor: i64) -> i128 {
        let span = i128::from(self.high) - i128::from(self.low);
        let room = HEIGHT - 2 * EDGE;
        if span == 0 { EDGE + room / 2 } else { EDGE + (i128::from(self.high) - i128::from(minor)) * room / span }
    }
}

fn day_number(from: Date, to: Date) -> i128 {
    i128::from(from.duration_until(to).as_hours() / 24)
}
