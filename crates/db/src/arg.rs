/// One bound parameter. `From` exists for what the stores hold, so a call site writes `&[id.into(), 3.into()]`.
#[derive(Debug, Clone)]
pub enum Arg {
    /// `BIGINT`.
    Int(Option<i64>),
    /// `TEXT`.
    Text(Option<String>),
    /// `BLOB`, `BYTEA` on PostgreSQL.
    Blob(Option<Vec<u8>>),
    /// `BOOLEAN`.
    Bool(Option<bool>),
}

/// Rows for one bulk statement: an array of arrays, or of objects, as JSON text, read by `json_each($n) AS r`.
pub fn rows(rows: &[serde_json::Value]) -> Arg {
    Arg::Text(Some(serde_json::Value::from(rows.to_vec()).to_string()))
}

impl From<i64> for Arg {
    fn from(value: i64) -> Arg {
        Arg::Int(Some(value))
    }
}

impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Arg {
        Arg::Int(value)
    }
}

impl From<bool> for Arg {
    fn from(value: bool) -> Arg {
        Arg::Bool(Some(value))
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Text(Some(value.to_owned()))
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Arg {
        Arg::Text(Some(value))
    }
}

impl From<&String> for Arg {
    fn from(value: &String) -> Arg {
        Arg::Text(Some(value.clone()))
    }
}

impl From<Option<String>> for Arg {
    fn from(value: Option<String>) -> Arg {
        Arg::Text(value)
    }
}

impl From<Option<&str>> for Arg {
    fn from(value: Option<&str>) -> Arg {
        Arg::Text(value.map(str::to_owned))
    }
}

impl From<Vec<u8>> for Arg {
    fn from(value: Vec<u8>) -> Arg {
        Arg::Blob(Some(value))
    }
}

impl From<&[u8]> for Arg {
    fn from(value: &[u8]) -> Arg {
        Arg::Blob(Some(value.to_vec()))
    }
}

impl From<Option<Vec<u8>>> for Arg {
    fn from(value: Option<Vec<u8>>) -> Arg {
        Arg::Blob(value)
    }
}
