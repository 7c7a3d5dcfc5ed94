use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use futures::{FutureExt, channel::oneshot};
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{MessageEvent, MessagePort, SharedWorker};
use zeroize::Zeroizing;

use super::{End, EngineScript};
use crate::{
    engine::Snapshot,
    ports::Timer,
    worker::{
        locks,
        protocol::{self, FromEngine, STARTING, ToEngine},
    },
};

/// The time that a worker has to say something, each time it is asked.
pub(super) const START: Duration = Duration::from_secs(2);
/// The time that one has for the rest which says that it is starting: nothing but a slow network or device is wrong.
const LOADING: Duration = Duration::from_secs(30);

/// A port to an engine that has said welcome. Dropped, it is closed.
pub(super) struct Connection {
    port: MessagePort,
    /// The Web Lock that the engine holds.
    engine: String,
    /// Kept for as long as the port is open.
    #[allow(dead_code, reason = "held for its Drop")]
    on_message: Closure<dyn Fn(MessageEvent)>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
    }
}

impl Connection {
    pub fn say(&self, message: &ToEngine) {
        say(&self.port, message);
    }

    /// Ends when the engine does, however it ends.
    pub fn gone(&self) -> impl Future<Output = ()> + use<> {
        let name = self.engine.clone();
        async move {
            let _ = locks::gone(&name).await;
        }
    }
}

type Answer = Result<(String, Snapshot), End>;

/// Connects to the worker `name`, which starts if there is none; `hear` gets what it says from then on.
pub(super) async fn open(
    script: &EngineScript,
    name: &str,
    hello: &ToEngine,
    timer: &dyn Timer,
    hear: impl Fn(Vec<FromEngine>) + 'static,
) -> Result<(Connection, Snapshot), End> {
    let worker = start(script, name).ok_or(End::Refused)?;
    let port = worker.port();
    let (answer, answered) = oneshot::channel::<Answer>();
    let answer = Rc::new(RefCell::new(Some(answer)));
    let settle = {
        let answer = answer.clone();
        move |result: Answer| {
            if let Some(answer) = answer.borrow_mut().take() {
                // Whoever waited may have given up.
                let _ = answer.send(result);
            }
        }
    };
    let is_starting = Rc::new(Cell::new(false));
    let on_message = {
        let (settle, is_starting) = (settle.clone(), is_starting.clone());
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            // It may hold a token.
            let text = event.data().as_string().map(Zeroizing::new).unwrap_or_default();
            if *text == STARTING {
                return is_starting.set(true);
            }
            // Whatever is no engine of this version.
            let Some(messages) = protocol::read_all(&text) else {
                return settle(Err(End::Refused));
            };
            match messages.as_slice() {
                [FromEngine::Welcome { engine, snapshot }, rest @ ..] => {
                    let mut snapshot = *snapshot.clone();
                    for message in rest {
                        if let FromEngine::Event(event) = message {
                            snapshot.apply(event);
                        }
                    }
                    return settle(Ok((engine.clone(), snapshot)));
                }
                [FromEngine::Refused(_), ..] => settle(Err(End::Refused)),
                _ => {}
            }
            hear(messages);
        })
    };
    port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The script was not found, or the browser does not let it run.
    let on_error = Closure::<dyn Fn()>::new(move || settle(Err(End::Refused)));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    say(&port, hello);
    let silence = async {
        timer.sleep(START).await;
        if is_starting.get() {
            timer.sleep(LOADING).await;
        }
    };
    let answer = futures::select_biased! {
        answer = answered.fuse() => answer.unwrap_or(Err(End::Refused)),
        () = Box::pin(silence).fuse() => Err(End::Hung),
    };
    worker.set_onerror(None);
    match answer {
        Ok((engine, snapshot)) => {
            let connection = Connection {
                port,
                engine,
                on_message,
            };
            Ok((connection, snapshot))
        }
        Err(end) => {
            port.set_onmessage(None);
            port.close();
            Err(end)
        }
    }
}

fn say(port: &MessagePort, message: &ToEngine) {
    if let Some(text) = protocol::write(message) {
        // A port whose worker is gone swallows it.
        let _ = port.post_message(&JsValue::from_str(&text));
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = SharedWorker, js_name = SharedWorker)]
    type EngineWorker;

    #[wasm_bindgen(constructor, catch, js_class = "SharedWorker")]
    fn new(url: &JsValue, options: &Object) -> Result<EngineWorker, JsValue>;
}

/// None without SharedWorkers, and where a policy forbids this one.
fn start(script: &EngineScript, name: &str) -> Option<SharedWorker> {
    let options = Object::new();
    let set = |key: &str, value: &JsValue| Reflect::set(&options, &key.into(), value).ok();
    set("type", &"module".into())?;
    set("name", &name.into())?;
    // Keeps the worker over a reload of the only page (HTML, 10.2.6.4); browsers without it take no notice.
    set("extendedLifetime", &JsValue::TRUE)?;
    let url = script.trusted().ok()?;
    EngineWorker::new(&url, &options).ok().map(JsCast::unchecked_into)
}
