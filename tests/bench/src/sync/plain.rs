//! The floor: the same values over the same HTTP stack into SQLite, and a file copied, with
//! nothing signed, hashed, proved or receipted.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::routing::{post, put};
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rusqlite::{Connection, named_params};
use tokio::sync::mpsc;
use tower::Service as _;

use crate::sync::child::{Server, wait_for_the_end};

/// Bytes of rows in one answer or request: as much as our session asks for.
pub(crate) const PART_BYTES: usize = 2 << 20;
/// Bytes of the file that are read at once, as the hub does.
const PIECE_BYTES: usize = 256 << 10;

struct Plain {
    rows: Mutex<Connection>,
    file: PathBuf,
}

/// Starts a plain server in a new folder.
pub(crate) fn start(folder: &Path) -> Server {
    std::fs::create_dir_all(folder).expect("a folder");
    Server::start("plain", folder)
}

/// A database for rows, in the modes that the core uses.
pub(crate) fn open(folder: &Path) -> Connection {
    std::fs::create_dir_all(folder).expect("a folder");
    let rows = Connection::open(folder.join("plain.db")).expect("SQLite");
    rows.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         CREATE TABLE row (
             place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, item TEXT NOT NULL,
             value TEXT NOT NULL, note TEXT NOT NULL, amount INTEGER NOT NULL
         ) STRICT;",
    )
    .expect("a table");
    rows
}

/// Puts lines of JSON into the rows, in one commit. How many.
pub(crate) fn insert(rows: &mut Connection, lines: &str) -> usize {
    let tx = rows.transaction().expect("a transaction");
    let mut count = 0;
    {
        let mut insert = tx
            .prepare_cached(
                "INSERT INTO row (id, item, value, note, amount)
                 VALUES (:id, :item, :value, :note, :amount) ON CONFLICT (id) DO NOTHING",
            )
            .expect("a statement");
        for line in lines.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            let text = |name: &str| row[name].as_str().expect("a text");
            let params = named_params! {
                ":id": text("_id"), ":item": text("item"), ":value": text("value"),
                ":note": text("note"), ":amount": row["amount"].as_i64().expect("a number"),
            };
            count += insert.execute(params).expect("a row");
        }
    }
    tx.commit().expect("commits");
    count
}

/// How many rows there are.
pub(crate) fn count(rows: &Connection) -> usize {
    let count: i64 =
        rows.query_row("SELECT count(*) FROM row", [], |row| row.get(0)).expect("a count");
    usize::try_from(count).expect("a count is not negative")
}

/// Sends lines of JSON, in parts of whole lines.
pub(crate) fn push(agent: &ureq::Agent, url: &str, lines: &str) {
    let mut rest = lines;
    while !rest.is_empty() {
        let end = match rest.get(..PART_BYTES) {
            Some(part) => part.rfind('\n').map_or(rest.len(), |at| at + 1),
            None => rest.len(),
        };
        let (part, left) = rest.split_at(end);
        agent.post(format!("{url}/rows")).send(part).expect("rows are taken");
        rest = left;
    }
}

/// Fetches every row behind a place, part by part. The last place.
pub(crate) fn pull(agent: &ureq::Agent, url: &str, rows: &mut Connection, since: u64) -> u64 {
    let mut since = since;
    loop {
        let asked = agent.get(format!("{url}/rows?since={since}")).call();
        let mut answer = asked.expect("rows are given");
        let text = answer.body_mut().with_config().limit(1 << 30).read_to_string();
        let text = text.expect("a text");
        let Some((next, lines)) = text.split_once('\n').filter(|(_, lines)| !lines.is_empty())
        else {
            return since;
        };
        insert(rows, lines);
        since = next.parse().expect("a place");
    }
}

/// The process: serves until its input ends.
pub(crate) fn serve(folder: &Path) {
    let plain = Arc::new(Plain { rows: Mutex::new(open(folder)), file: folder.join("file") });
    let router = Router::new()
        .route("/rows", post(take_rows).get(give_rows))
        .route("/file", put(take_file).get(give_file))
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(plain);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.spawn(async move {
        let listening = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listening.expect("a port");
        println!("http://{}", listener.local_addr().expect("an address"));
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).expect("a socket");
            let router = router.clone();
            tokio::spawn(async move {
                let service = service_fn(move |request| router.clone().call(request));
                let http = hyper::server::conn::http1::Builder::new();
                let _ = http.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    wait_for_the_end();
}

async fn take_rows(State(plain): State<Arc<Plain>>, lines: String) -> String {
    blocking(move || insert(&mut plain.rows.lock().expect("a database"), &lines).to_string()).await
}

async fn give_rows(State(plain): State<Arc<Plain>>, RawQuery(query): RawQuery) -> String {
    let since = query.and_then(|text| text.strip_prefix("since=")?.parse::<i64>().ok());
    blocking(move || part_since(&plain.rows.lock().expect("a database"), since.unwrap_or(0))).await
}

/// A line with the place to ask from next, then rows.
fn part_since(rows: &Connection, since: i64) -> String {
    let mut statement = rows
        .prepare_cached(
            "SELECT place, id, item, value, note, amount FROM row WHERE place > ?1 ORDER BY place",
        )
        .expect("a statement");
    let mut found = statement.query([since]).expect("rows");
    let (mut next, mut lines) = (since, String::new());
    while let Some(row) = found.next().expect("a row") {
        next = row.get("place").expect("a place");
        let text = |name: &str| row.get::<_, String>(name).expect("a text");
        let json = serde_json::json!({
            "_id": text("id"), "item": text("item"), "value": text("value"),
            "note": text("note"), "amount": row.get::<_, i64>("amount").expect("a number"),
        });
        lines.push_str(&json.to_string());
        lines.push('\n');
        if lines.len() >= PART_BYTES {
            break;
        }
    }
    format!("{next}\n{lines}")
}

async fn take_file(State(plain): State<Arc<Plain>>, mut body: Body) {
    let (sender, mut pieces) = mpsc::channel::<Bytes>(8);
    let written = tokio::task::spawn_blocking(move || {
        use std::io::Write as _;
        let mut file = std::fs::File::create(&plain.file).expect("a file");
        while let Some(piece) = pieces.blocking_recv() {
            file.write_all(&piece).expect("the disk takes it");
        }
        file.sync_all().expect("the disk has it");
    });
    while let Some(frame) = body.frame().await {
        let piece = frame.expect("a piece").into_data().expect("no trailers");
        sender.send(piece).await.expect("it is written");
    }
    drop(sender);
    written.await.expect("it was written");
}

async fn give_file(State(plain): State<Arc<Plain>>) -> Body {
    let (sender, pieces) = mpsc::channel(1);
    tokio::task::spawn_blocking(move || {
        use std::io::Read as _;
        let mut file = std::fs::File::open(&plain.file).expect("the file");
        loop {
            let mut piece = vec![0; PIECE_BYTES];
            let read = file.read(&mut piece).expect("the disk gives it");
            piece.truncate(read);
            if read == 0 || sender.blocking_send(Bytes::from(piece)).is_err() {
                break;
            }
        }
    });
    Body::new(Pieces(pieces))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("it does not panic")
}

/// A body out of pieces.
struct Pieces(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
    }
}
