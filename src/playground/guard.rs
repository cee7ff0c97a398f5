//! Keeps pages of other sites away from the phones, and our page away from other sites.
//!
//! A page on the internet can make a browser send requests to 127.0.0.1. Four things stop it: the request must name
//! a loopback host (a foreign name that was made to point here does not), its origin must be our own, another site's
//! requests are refused, and every change needs a header that another site cannot send without being asked first.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::room::Problem;

/// Sent by our page with every change.
pub(super) const MARK: &str = "x-playground";

/// What our page may load: its own files and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Refuses what our page did not ask for and adds the headers that keep it to itself.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = if may_pass(request.method(), request.uri().path(), request.headers()) {
        next.run(request).await
    } else {
        Problem::Refused.into_response()
    };
    let headers = response.headers_mut();
    // A file of the bot brings a stricter policy of its own.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn may_pass(method: &Method, path: &str, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let Some(host) = text("host").filter(|host| is_loopback(host)) else {
        return false;
    };
    let own_origin = text("origin").is_none_or(|origin| origin == format!("http://{host}"));
    let foreign =
        path.starts_with("/api/") && text("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    let reads = *method == Method::GET || *method == Method::HEAD;
    own_origin && !foreign && (reads || headers.contains_key(MARK))
}

/// Whether a `Host` header names this machine: `localhost`, `127.0.0.1` or `[::1]`, with any port.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(method: Method, path: &str, headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_str(value).unwrap());
        }
        may_pass(&method, path, &map)
    }

    #[test]
    fn only_loopback_names_are_hosts() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "192.168.1.2:80",
            "",
            "127.0.0.1:",
            "::1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn our_page_may_read_and_change() {
        let own = [
            ("host", "127.0.0.1:8765"),
            ("origin", "http://127.0.0.1:8765"),
            ("sec-fetch-site", "same-origin"),
            (MARK, "1"),
        ];
        assert!(passes(Method::GET, "/", &[("host", "localhost:8765")]));
        assert!(passes(Method::GET, "/api/state", &own[..1]));
        assert!(passes(Method::POST, "/api/press", &own));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let host = ("host", "127.0.0.1:8765");
        let refused: [&[(&'static str, &str)]; 6] = [
            &[(MARK, "1")],
            &[("host", "rebound.example:8765"), (MARK, "1")],
            &[host],
            &[host, ("origin", "http://evil.example"), (MARK, "1")],
            &[host, ("origin", "null"), (MARK, "1")],
            &[host, ("sec-fetch-site", "cross-site"), (MARK, "1")],
        ];
        for headers in refused {
            assert!(!passes(Method::POST, "/api/press", headers), "{headers:?}");
        }
        assert!(!passes(Method::GET, "/api/state", &[host, ("sec-fetch-site", "same-site")]));
        assert!(!passes(Method::GET, "/", &[("host", "rebound.example")]));
    }
}
