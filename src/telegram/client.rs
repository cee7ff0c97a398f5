//! The connection to a Bot API server: Telegram's own or any other given by `TELOXIDE_API_URL`.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use teloxide::requests::{JsonRequest, Payload, Request};
use teloxide::{Bot, RequestError};

/// How long one call may take; a long poll is shorter.
const PATIENCE: Duration = Duration::from_secs(20);

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Telegram {
    bot: Bot,
}

/// Why there is no client or no first answer, in one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// A setting cannot be used.
    #[error("{0}")]
    Setting(String),
    /// The token is not accepted.
    #[error("Telegram does not accept the bot's token. Copy it from @BotFather into TELOXIDE_TOKEN once more.")]
    Token,
    /// No answer; it may come later.
    #[error("The Bot API server is out of reach ({0}). Check the network, TELOXIDE_API_URL and TELOXIDE_PROXY.")]
    Unreachable(String),
}

/// Who the bot is.
#[derive(Clone, Debug, Deserialize)]
pub struct Me {
    /// Its number.
    pub id: i64,
    /// Its name in links.
    pub username: String,
}

#[derive(Serialize)]
struct GetMe {}

impl Payload for GetMe {
    type Output = Me;
    const NAME: &'static str = "GetMe";
}

impl Telegram {
    /// Builds the client; nothing is sent yet.
    ///
    /// # Errors
    /// A malformed address of the server or the proxy.
    pub fn new(token: &SecretString, api_url: Option<&str>, proxy: Option<&str>) -> Result<Telegram, ConnectError> {
        let setting =
            |what: &str| ConnectError::Setting(format!("{what} is not an address. Write it as in .env.example."));
        let mut builder = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .timeout(PATIENCE)
            .tcp_nodelay(true)
            .pool_idle_timeout(Duration::from_secs(60));
        builder = match proxy {
            Some(url) => builder.proxy(reqwest::Proxy::all(url).map_err(|_| setting("TELOXIDE_PROXY"))?),
            None => builder.no_proxy(),
        };
        let client =
            builder.build().map_err(|e| ConnectError::Setting(format!("The network client cannot be made ({e}).")))?;
        let mut bot = Bot::with_client(token.expose_secret(), client);
        if let Some(url) = api_url {
            let url = reqwest::Url::parse(url).map_err(|_| setting("TELOXIDE_API_URL"))?;
            if url.cannot_be_a_base() {
                return Err(setting("TELOXIDE_API_URL"));
            }
            bot = bot.set_api_url(url);
        }
        Ok(Telegram { bot })
    }

    /// Makes one call.
    ///
    /// # Errors
    /// Telegram's or the network's; see `failure`.
    pub async fn call<P>(&self, payload: P) -> Result<P::Output, RequestError>
    where
        P: Payload + Serialize + Send + 'static,
        P::Output: DeserializeOwned + Send + 'static,
    {
        JsonRequest::new(self.bot.clone(), payload).send().await
    }

    /// Asks who the bot is: the first call of a start.
    ///
    /// # Errors
    /// A wrong token, or no answer.
    pub async fn me(&self) -> Result<Me, ConnectError> {
        self.call(GetMe {}).await.map_err(|e| match e {
            RequestError::Api(e) if is_token_trouble(&e.to_string()) => ConnectError::Token,
            RequestError::Network(e) if e.is_timeout() => ConnectError::Unreachable("no reply in time".into()),
            RequestError::Network(_) => ConnectError::Unreachable("no connection".into()),
            RequestError::InvalidJson { .. } => {
                ConnectError::Unreachable("its reply is not one of a Bot API server".into())
            }
            other => ConnectError::Unreachable(other.to_string()),
        })
    }
}

fn is_token_trouble(text: &str) -> bool {
    ["Unauthorized", "Not Found", "Invalid bot token", "invalid token"].iter().any(|t| text.contains(t))
}
