//! Mistakes in forms, as the rest of the hub names them, into the words of pages.

use web::{FieldErrors, Value};

use crate::people::{FieldError, Problem, VatError};

/// The mistakes of a form for its page.
pub fn of(errors: &[FieldError]) -> FieldErrors {
    let mut shown = FieldErrors::new();
    for error in errors {
        shown.add_with(error.field, error.problem.key(), values(&error.problem));
    }
    shown
}

fn values(problem: &Problem) -> Vec<(&'static str, Value)> {
    match problem {
        Problem::TooLong(limit) | Problem::TooShort(limit) => vec![("limit", (*limit).into())],
        Problem::Vat(VatError::Form { example, .. }) => vec![("example", (*example).into())],
        Problem::Vat(VatError::CheckDigits)
        | Problem::Missing
        | Problem::NotAnEmail
        | Problem::NotACountry
        | Problem::PasswordIsEmail
        | Problem::NotAKind => Vec::new(),
    }
}
