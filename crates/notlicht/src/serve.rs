//! `notlicht serve`: watch, tell, serve the page. Where the database cannot be opened, the page
//! is served from disk until it can.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use engine::{Engine, EngineError, emergency};
use model::public::PublicPage;
use model::value::{Span, Timestamp};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use web::page::{Page, Site, disk, render, render_after};
use web::routes::router;
use web::visitor::{self, Proxies};

use crate::config::{LogFormat, Place, Serve};
use crate::desk::Links;
use crate::rim::now;

/// The view is made anew at least so often, so that "last checked" stays true.
const FRESH: Span = Span::seconds(15);
/// How long after a failed attempt the database is tried again.
const RETRY: std::time::Duration = std::time::Duration::from_secs(1);

/// How long visitors who are still connected may hold up the end.
const LEAVE: std::time::Duration = std::time::Duration::from_secs(3);
/// How long answers to messages in flight may hold up the end.
const ANSWERS: std::time::Duration = std::time::Duration::from_secs(10);
/// For so long the page waits for the database before it shows what was known last.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// Runs until it is told to stop.
pub(crate) async fn run(place: &Place, args: &Serve) -> anyhow::Result<ExitCode> {
    log(place.log);
    let signals = signals()?;
    let listener = TcpListener::bind(args.listen).await.with_context(|| {
        format!("{} cannot be listened on: choose another with --listen", args.listen)
    })?;
    let (place, args) = (place.clone(), args.clone());
    let links = Links::default();
    let mut view =
        View { place: place.clone(), links: links.clone(), last: None, rendered_at: None };
    match open(&place, &args).await {
        Ok(engine) => links.door().open(engine),
        Err(why) => {
            let Ok(loaded) = disk::load(&place.page(), now()) else {
                // Neither database nor page: there is nothing to serve.
                return Err(why);
            };
            view.last = Some(loaded.page);
            tracing::error!(why = format!("{why:#}"), "no database: the page is served from disk");
        }
    }
    let page = Page::new(view.first().await?);
    let proxies = args.trusted_proxy.clone();
    let proxies = Proxies::new(move |address| proxies.iter().any(|net| net.contains(address)));
    let (desk, door) = (Arc::new(links.clone()), links.door().clone());
    let router = visitor::known(router(page.clone(), desk, door, Arc::new(now)), proxies);
    tracing::info!(listen = %listener.local_addr()?, "the page is up");
    let work = async {
        tokio::spawn(view.keep(page));
        let engine = match links.door().current() {
            Some(engine) => engine,
            None => {
                let engine = opened(&place, &args).await;
                links.door().open(engine.clone());
                engine
            }
        };
        engine.run().await;
    };
    let (stop, stopped) = watch::channel(false);
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, router).with_graceful_shutdown(told_to_stop(signals, stop));
    let visitors = async {
        tokio::select! {
            served = serving => served.context("the page is no longer served"),
            () = late(stopped.clone()) => {
                tracing::warn!("stopped although visitors were still connected");
                Ok(())
            }
        }
    };
    let end = async { tokio::try_join!(visitors, answers(&links, stopped.clone())) };
    tokio::select! {
        ended = end => ended?,
        () = work => anyhow::bail!("the recurring tasks ended: see the log"),
    };
    Ok(ExitCode::SUCCESS)
}

/// The engine, with a database that holds a handbook. Where there has never been one, it is begun
/// in the console; but a page that lies on the disk tells of one that is lost.
async fn open(place: &Place, args: &Serve) -> anyhow::Result<Engine> {
    let engine = place.engine(args.node.as_deref()).await?.with_letters(args.letters_per_hour);
    match engine.handbook().await {
        Err(EngineError::NoHandbook) if disk::load(&place.page(), now()).is_err() => {
            tracing::warn!(
                "there is no handbook yet: begin it in the console (“notlicht account add NAME” \
                 lets you in), or put one in with “notlicht apply FOLDER”"
            );
        }
        handbook => drop(handbook?),
    }
    Ok(engine)
}

/// Tries until the database can be opened.
async fn opened(place: &Place, args: &Serve) -> Engine {
    loop {
        tokio::time::sleep(RETRY).await;
        match open(place, args).await {
            Ok(engine) => {
                tracing::info!("the database is open again");
                return engine;
            }
            Err(why) => tracing::debug!(why = format!("{why:#}"), "still no database"),
        }
    }
}

/// Keeps the page true: makes it anew when something changes, when a promise falls due, and when
/// somebody writes an emergency notice.
struct View {
    place: Place,
    /// Has the engine, once the database is open.
    links: Links,
    last: Option<PublicPage>,
    rendered_at: Option<Timestamp>,
}

impl View {
    /// The view to begin with: gathered from the database, else as it lay on disk.
    async fn first(&mut self) -> anyhow::Result<Site> {
        let page = self.gather().await.ok_or(EngineError::NoHandbook)?;
        let site = render(&page, now())?;
        self.last = Some(page);
        Ok(site)
    }

    /// What the world may see now. Without the database: what it could see last, with what was
    /// written from the host since.
    async fn gather(&mut self) -> Option<PublicPage> {
        if let Some(engine) = self.links.door().current() {
            match tokio::time::timeout(PATIENCE, seen(&engine)).await {
                Ok(Ok(page)) => return Some(page),
                Ok(Err(EngineError::NoHandbook)) if self.is_unbegun() => {
                    return Some(PublicPage::unbegun(now()));
                }
                Ok(Err(why)) => tracing::error!(%why, "the page shows what was known last"),
                Err(_) => tracing::error!("no answer in time: the page shows what was known last"),
            }
        }
        let mut page = self.last.clone()?;
        page.emergencies =
            emergency::over(&page.emergencies, &emergency::pending(&self.place.data));
        page.as_of = now();
        Some(page)
    }

    /// Whether there was nothing to show yet.
    fn is_unbegun(&self) -> bool {
        self.last.as_ref().is_none_or(PublicPage::is_unbegun)
    }

    async fn keep(mut self, page: Page) {
        loop {
            if let Some(fresh) = self.gather().await
                && self.is_news(&fresh)
                && let Err(why) = self.publish(fresh, &page).await
            {
                tracing::error!(why = format!("{why:#}"), "the page could not be made anew");
            }
            match self.links.door().current() {
                Some(engine) => engine.page_changed().await,
                None => tokio::time::sleep(RETRY).await,
            }
        }
    }

    /// Whether a visitor would see a difference.
    fn is_news(&self, fresh: &PublicPage) -> bool {
        let (Some(last), Some(rendered_at)) = (&self.last, self.rendered_at) else { return true };
        let promise_passed = last.next_change().is_some_and(|at| at <= fresh.as_of);
        let old = fresh.as_of.since(rendered_at) >= FRESH;
        let timeless = |page: &PublicPage| PublicPage {
            as_of: Timestamp::default(),
            checked_at: None,
            ..page.clone()
        };
        promise_passed || old || timeless(fresh) != timeless(last)
    }

    async fn publish(&mut self, fresh: PublicPage, page: &Page) -> anyhow::Result<()> {
        let at = fresh.as_of;
        let (view, before) = (fresh.clone(), page.current());
        let rendering = move || render_after(&view, at, &before);
        page.publish(tokio::task::spawn_blocking(rendering).await??);
        self.last = Some(fresh);
        self.rendered_at = Some(at);
        if self.is_unbegun() {
            return Ok(());
        }
        let (site, folder) = (page.current(), self.place.page());
        let written = tokio::task::spawn_blocking(move || disk::write(&site, &folder)).await?;
        if written.is_err() {
            // Not only when there is news: a disk that has room again must not wait for that.
            self.rendered_at = None;
        }
        written?;
        Ok(())
    }
}

/// What the world may see by the database. Broken off anywhere, it can be asked again: a notice
/// that is merged already is not merged twice.
async fn seen(engine: &Engine) -> Result<PublicPage, EngineError> {
    if let Err(why) = engine.merge_emergencies().await {
        tracing::error!(%why, "emergency notices are kept in their files");
    }
    engine.public_page().await
}

/// Ctrl-C, and the end that a service manager asks for. Heard from here on.
fn signals() -> anyhow::Result<(Signal, Signal)> {
    let hear = |kind| signal(kind).context("the signals to stop cannot be heard");
    Ok((hear(SignalKind::interrupt())?, hear(SignalKind::terminate())?))
}

async fn told_to_stop((mut interrupt, mut end): (Signal, Signal), told: watch::Sender<bool>) {
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = end.recv() => {}
    }
    tracing::info!("stopping");
    told.send_replace(true);
}

/// A visitor who does not let go must not hold up the end.
async fn late(mut told: watch::Receiver<bool>) {
    let _ = told.wait_for(|told| *told).await;
    tokio::time::sleep(LEAVE).await;
}

/// Messages in flight are answered before the end, so that nobody gets one twice.
async fn answers(links: &Links, mut told: watch::Receiver<bool>) -> anyhow::Result<()> {
    let _ = told.wait_for(|told| *told).await;
    if let Some(engine) = links.door().current()
        && tokio::time::timeout(ANSWERS, engine.wind_down()).await.is_err()
    {
        tracing::warn!("stopped although messages were in flight: those are sent again");
    }
    Ok(())
}

fn log(format: LogFormat) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("NOTLICHT_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let logger = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Json => logger.json().flatten_event(true).init(),
        LogFormat::Text => logger.init(),
    }
}
