//! From an HTTP request to parameters: the query string, and a body of JSON, of a form, or of several parts.

use axum::body::{self, Body};
use axum::extract::{FromRequest, Multipart};
use axum::http::{Request, header};
use bytes::Bytes;
use serde_json::Value;

use super::params::{Params, Upload};
use super::refusal::Refusal;

/// Room for the other fields of an upload, in bytes.
const SPARE: usize = 1 << 20;

/// Reads all parameters of a request. `most` is the largest upload in bytes.
pub(super) async fn read(request: Request<Body>, most: usize) -> Result<Params, Refusal> {
    let query = request.uri().query().map(str::to_owned);
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let mut params = if kind.starts_with("application/json") {
        json(&whole(request, most).await?)?
    } else if kind.starts_with("multipart/form-data") {
        multipart(request, most).await?
    } else {
        let body = whole(request, most).await?;
        let mut params = Params::loose();
        if kind.starts_with("application/x-www-form-urlencoded") {
            pairs(&body, &mut params)?;
        } else if !body.is_empty() {
            return Err(Refusal::strict(format!("a body of content type {kind:?}")));
        }
        params
    };
    if let Some(query) = query.filter(|query| !query.is_empty()) {
        params.loosen();
        pairs(query.as_bytes(), &mut params)?;
    }
    Ok(params)
}

fn too_large() -> Refusal {
    Refusal::new(413, "Request Entity Too Large")
}

async fn whole(request: Request<Body>, most: usize) -> Result<Bytes, Refusal> {
    body::to_bytes(request.into_body(), most + SPARE).await.map_err(|_| too_large())
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
    let mut total = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| broken())?;
        total += bytes.len();
        if total > most + SPARE {
            return Err(too_large());
        }
        match file {
            Some(file) if bytes.len() > most => {
                drop(file);
                return Err(too_large());
            }
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
