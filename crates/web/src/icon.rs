use maud::{Markup, PreEscaped, Render, html};

/// A drawing of 24 by 24 in the colour of the text around it. Always beside words, so hidden from screen readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// The mark of the product: a footbridge.
    Bridge,
    /// Overview.
    Home,
    /// Accounts and banks.
    Bank,
    /// Movements.
    Arrows,
    /// Integrations.
    Plug,
    /// Journals and statements.
    Book,
    /// Bills.
    Receipt,
    /// A person.
    Person,
    /// Opens a menu.
    Down,
    /// Leads on.
    Next,
    /// All right.
    Check,
    /// Wrong.
    Cross,
    /// To be known.
    Warning,
    /// Information.
    Info,
    /// Fetch again.
    Refresh,
    /// Add.
    Plus,
    /// Find.
    Search,
    /// A key or permission.
    Key,
    /// Time.
    Clock,
    /// Goes out to another system.
    Out,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Icon::Bridge => "M2 17h20M3.500 17c1.500-6 4.500-9 8.500-9s7 3 8.500 9M8 17v-7.500M12 17v-9M16 17v-7.500",
            Icon::Home => "M4 11l8-7 8 7M6 9.500V20h12V9.500M10 20v-6h4v6",
            Icon::Bank => {
                "M3 9.500L12 4l9 5.500zM5.500 12.500V17M10 12.500V17M14 12.500V17M18.500 12.500V17M3.500 20h17"
            }
            Icon::Arrows => "M4 8.500h14M14.500 5L18 8.500 14.500 12M20 15.500H6M9.500 12L6 15.500 9.500 19",
            Icon::Plug => "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
            Icon::Book => {
                "M5 4.500A1.500 1.500 0 0 1 6.500 3H19v15H6.500A1.500 1.500 0 0 0 5 19.500zM5 19.500A1.500 1.500 0 0 0 6.500 21H19v-3M9 7.500h6M9 11h6"
            }
            Icon::Receipt => "M6 3h12v18l-3-2-3 2-3-2-3 2zM9.500 8h5M9.500 12h5",
            Icon::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500a7.500 7.500 0 0 1 15 0",
            Icon::Down => "M6 9.500l6 6 6-6",
            Icon::Next => "M9 5.500l6.500 6.500L9 18.500",
            Icon::Check => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.500l2.700 2.700L16 9.500",
            Icon::Cross => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9l6 6M15 9l-6 6",
            Icon::Warning => "M12 4L2.800 20h18.400zM12 10v4.500M12 17.200v.1",
            Icon::Info => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.700v.1",
            Icon::Refresh => {
                "M19.500 12a7.500 7.500 0 0 1-13.200 4.900M4.500 12a7.500 7.500 0 0 1 13.200-4.900M18 3.500v4h-4M6 20.500v-4h4"
            }
            Icon::Plus => "M12 5v14M5 12h14",
            Icon::Search => "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20.500 20.500",
            Icon::Key => "M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M18 12v3.500M21 12v2.500",
            Icon::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
            Icon::Out => "M12 15.500V4M7.500 8.500L12 4l4.500 4.500M4.500 13.500V20h15v-6.500",
        }
    }
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"
                stroke-linejoin="round" aria-hidden="true" focusable="false" {
                (PreEscaped(format!("<path d=\"{}\"/>", self.path())))
            }
        }
    }
}
