//! The HTTP side: finds the method or the file a path names, lets the weather happen, writes the reply.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use super::Shared;
use super::body;
use super::faults::Fault;
use super::methods::{self, Method, Run, updates};
use super::params::Params;
use super::refusal::Refusal;
use super::webhook;

/// What a proxy in front of a dead server shows.
const PAGE: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

/// One handler for every path: the server's own rules for what is no method are part of the contract.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(handle).layer(DefaultBodyLimit::disable()).with_state(shared)
}

/// What a path asks for.
enum Wish {
    Method(String),
    File(String),
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let weather = shared.with(|world| world.faults.clone());
    if weather.down {
        return closed();
    }
    let request = body::take(request, shared.settings.limits.upload_bytes).await;
    pause(weather.delay_ms).await;
    if weather.bad_gateway {
        return page(StatusCode::BAD_GATEWAY);
    }
    match wish(request.path(), &shared.settings.token) {
        Err(refusal) => refused(&refusal),
        Ok(Wish::File(path)) => file(&shared, &path),
        Ok(Wish::Method(name)) => match methods::find(&name) {
            Some(method) => call(&shared, method, request).await,
            None => {
                let refusal = Refusal::new(404, "Not Found: method not found");
                shared.with(|world| {
                    world.note(format!("there is no method {name}"));
                    world.record(&name, &Params::default(), &Err(refusal.clone()), false);
                });
                refused(&refusal)
            }
        },
    }
}

async fn pause(ms: u64) {
    if ms > 0 {
        sleep_until(Instant::now() + Duration::from_millis(ms)).await;
    }
}

fn wish(path: &str, token: &str) -> Result<Wish, Refusal> {
    let nothing = || Refusal::new(404, "Not Found");
    let path = body::unquote(path.replace('+', "%2B").as_bytes())?;
    let (is_file, rest) = match path.strip_prefix("/file/bot") {
        Some(rest) => (true, rest),
        None => (false, path.strip_prefix("/bot").ok_or_else(nothing)?),
    };
    let (given, name) = rest.split_once('/').ok_or_else(nothing)?;
    if given != token {
        let (id, secret) = given.split_once(':').unwrap_or((given, ""));
        let whole = !secret.is_empty() && id.parse::<u64>().is_ok();
        let text = if whole { "Unauthorized" } else { "Unauthorized: invalid token specified" };
        return Err(Refusal::new(401, text));
    }
    if name.is_empty() {
        return Err(nothing());
    }
    Ok(if is_file { Wish::File(name.to_owned()) } else { Wish::Method(name.to_owned()) })
}

/// One call of a known method, with the mishaps planned for it.
async fn call(shared: &Arc<Shared>, method: &'static Method, request: body::Whole) -> Response {
    let params = request.read(shared.settings.limits.upload_bytes).await;
    let (fault, weather) = shared.with(|world| (world.script.next(method.name), world.faults.clone()));
    let mut lost = weather.lose_replies && !matches!(method.run, Run::Poll);
    let mut planned = None;
    match fault {
        Some(Fault::Close) => return closed(),
        Some(Fault::NotJson) => return page(StatusCode::OK),
        Some(Fault::Delay(ms)) => pause(ms).await,
        Some(Fault::LoseReply) => lost = true,
        Some(Fault::Status(code, text)) => planned = Some(Refusal::new(code, text)),
        Some(Fault::RetryAfter(seconds)) => planned = Some(Refusal::too_many(seconds)),
        None => planned = weather.too_many.filter(|_| method.reaches_chats()).map(Refusal::too_many),
    }
    let (params, result) = match params {
        Err(refusal) => (Params::default(), Err(refusal)),
        Ok(params) => run(shared, method, params, planned).await,
    };
    shared.with(|world| {
        lost |= world.faults.down;
        if let Err(Refusal { violation: Some(violation), .. }) = &result {
            world.note(violation.clone());
        }
        world.record(method.name, &params, &result, lost);
        if lost && let Some(query_id) = params.text("callback_query_id") {
            world.presses.excuse(query_id);
        }
    });
    if method.name == "setWebhook" && result.is_ok() {
        webhook::start(shared);
    }
    match result {
        _ if lost => closed(),
        Ok(result) => reply(StatusCode::OK, format!("{{\"ok\":true,\"result\":{result}}}")),
        Err(refusal) => refused(&refusal),
    }
}

async fn run(
    shared: &Arc<Shared>,
    method: &Method,
    mut params: Params,
    planned: Option<Refusal>,
) -> (Params, Result<String, Refusal>) {
    if let Err(refusal) = params.check(method.name, method.params) {
        return (params, Err(refusal));
    }
    if let Err(refusal) = params.check_files(method.name, method.params) {
        return (params, Err(refusal));
    }
    if let Some(refusal) = planned {
        if let Some(seconds) = refusal.retry_after {
            shared.with(|world| world.hold(params.chat().ok(), seconds));
        }
        return (params, Err(refusal));
    }
    let result = match method.run {
        Run::Now(work) => shared.with(|world| work(world, &params)),
        Run::Poll => updates::poll(shared, &params).await,
    };
    (params, result)
}

fn file(shared: &Arc<Shared>, path: &str) -> Response {
    match shared.with(|world| world.files.at(path)) {
        None => refused(&Refusal::new(404, "Not Found")),
        Some(file) => {
            let mut response = Response::new(Body::from(file.media.bytes.clone()));
            let kind = HeaderValue::from_static("application/octet-stream");
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            response
        }
    }
}

fn reply(status: StatusCode, json: String) -> Response {
    let mut response = Response::new(Body::from(json));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn refused(refusal: &Refusal) -> Response {
    let mut json: Value = json!({"ok": false, "error_code": refusal.code, "description": refusal.description});
    if let Some(seconds) = refusal.retry_after {
        json["parameters"] = json!({"retry_after": seconds});
    }
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = reply(status, json.to_string());
    if let Some(seconds) = refusal.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn page(status: StatusCode) -> Response {
    let mut response = Response::new(Body::from(PAGE));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

/// A response whose body fails before the first byte: the server then closes the connection and sends nothing.
fn closed() -> Response {
    let broken = stream::once(async { Err::<Bytes, io::Error>(io::ErrorKind::ConnectionReset.into()) });
    Response::new(Body::from_stream(broken))
}
