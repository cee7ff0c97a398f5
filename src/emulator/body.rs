//! From an HTTP request to parameters: the query string, and a body of JSON, of a form, or of several parts.

use axum::body::{self, Body};
use axum::extract::{FromRequest, Multipart};
use axum::http::request::Parts;
use axum::http::{Request, header};
use bytes::Bytes;
use serde_json::Value;

use super::params::{Params, Upload};
use super::refusal::Refusal;

/// Room for the other fields of an upload, in bytes.
const SPARE: usize = 1 << 20;

/// A request whose body has been read to its end. Only then may a reply go out: a connection with an unread rest is
/// closed, and a client that had it back in its pool would trip over it.
pub(super) struct Whole {
    head: Parts,
    /// Nothing when it was too large.
    body: Option<Bytes>,
}

/// Takes the whole request in. `most` is the largest upload in bytes.
pub(super) async fn take(request: Request<Body>, most: usize) -> Whole {
    let (head, body) = request.into_parts();
    Whole { head, body: body::to_bytes(body, most + SPARE).await.ok() }
}

impl Whole {
    /// The path without the query.
    pub(super) fn path(&self) -> &str {
        self.head.uri.path()
    }

    /// All parameters of the request. `most` is the largest upload in bytes.
    pub(super) async fn read(self, most: usize) -> Result<Params, Refusal> {
        let Self { head, body } = self;
        let body = body.ok_or_else(too_large)?;
        let query = head.uri.query().map(str::to_owned).filter(|query| !query.is_empty());
        let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        let mut params = Params::loose();
        if kind.starts_with("application/json") {
            params = json(&body)?;
        } else if kind.starts_with("multipart/form-data") {
            params = multipart(Request::from_parts(head, Body::from(body)), most).await?;
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            pairs(&body, &mut params)?;
        } else if !body.is_empty() {
            return Err(Refusal::strict(format!("a body of content type {kind:?}")));
        }
        if let Some(query) = query {
            params.loosen();
            pairs(query.as_bytes(), &mut params)?;
        }
        Ok(params)
    }
}

fn too_large() -> Refusal {
    Refusal::new(413, "Request Entity Too Large")
}

fn json(bytes: &[u8]) -> Result<Params, Refusal> {
    if bytes.is_empty() {
        return Ok(Params::loose());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) => Ok(Params::typed(fields)),
        _ => Err(Refusal::bad("can't parse request body as JSON object").noting("a body that is not a JSON object")),
    }
}

async fn multipart(request: Request<Body>, most: usize) -> Result<Params, Refusal> {
    let broken = || Refusal::bad("can't parse multipart body").noting("a broken multipart body");
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let mut params = Params::loose();
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| broken())?;
        if bytes.len() > most {
            return Err(too_large());
        }
        match file {
            Some(file) => params.attach(name, Upload { name: file, bytes }),
            None => params.add(name, utf8(bytes.to_vec())?),
        }
    }
    Ok(params)
}

/// `name=value&…` with percent signs and pluses.
fn pairs(text: &[u8], params: &mut Params) -> Result<(), Refusal> {
    for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = pair.split_at(equals);
        params.add(unquote(name)?, unquote(value.get(1..).unwrap_or_default())?);
    }
    Ok(())
}

/// Decodes `%41` and `+`.
pub(super) fn unquote(raw: &[u8]) -> Result<String, Refusal> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match (first, code.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                rest = &tail[2..];
            }
            (b'+', _) => {
                out.push(b' ');
                rest = tail;
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    utf8(out)
}

fn utf8(bytes: Vec<u8>) -> Result<String, Refusal> {
    String::from_utf8(bytes).map_err(|_| Refusal::bad("strings must be encoded in UTF-8"))
}
