//! Stylesheet and script of the console. Their path changes with their content.

use std::sync::LazyLock;

use axum::http::{HeaderName, HeaderValue, header};

use crate::page::{Cache, hash};

const STYLE: &str = include_str!("../../assets/console.css");
const SCRIPT: &str = include_str!("../../assets/console.js");
const HANDBOOK: &str = include_str!("../../assets/handbook.js");

static STYLE_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/console.css?{}", hash(STYLE.as_bytes())));
static SCRIPT_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/console.js?{}", hash(SCRIPT.as_bytes())));

static HANDBOOK_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/handbook.js?{}", hash(HANDBOOK.as_bytes())));

pub(super) fn style_path() -> String {
    STYLE_PATH.clone()
}

pub(super) fn script_path() -> String {
    SCRIPT_PATH.clone()
}

pub(super) fn handbook_path() -> String {
    HANDBOOK_PATH.clone()
}

type Asset = ([(HeaderName, HeaderValue); 2], &'static str);

pub(crate) async fn style() -> Asset {
    asset("text/css; charset=utf-8", STYLE)
}

pub(crate) async fn script() -> Asset {
    asset("text/javascript; charset=utf-8", SCRIPT)
}

pub(crate) async fn handbook_script() -> Asset {
    asset("text/javascript; charset=utf-8", HANDBOOK)
}

fn asset(kind: &'static str, text: &'static str) -> Asset {
    let cache = HeaderValue::from_static(Cache::Forever.header());
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, cache)], text)
}
