//! A net under code that may panic on strange input: the panic becomes a value, without a word on stderr.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::thread::Builder;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; `None` when it panics. Panics of other threads, and outside of this call, are reported as ever.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    caught(work).ok()
}

/// Like [`guarded`], with the panic's message.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let report = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                report(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.map_err(|panic| message(&*panic))
}

/// Like [`caught`], for work that recurses deep: on a thread of its own, with a stack of `stack` bytes.
pub fn caught_on_stack<T: Send>(stack: usize, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let thread = Builder::new().stack_size(stack).spawn_scoped(scope, || caught(work));
        let thread = thread.map_err(|error| format!("there is no thread for it: {error}"))?;
        thread.join().unwrap_or_else(|panic| Err(message(&*panic)))
    })
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::{caught, guarded};

    #[test]
    fn a_panic_is_a_value_and_the_next_call_works() {
        assert_eq!(guarded(|| Vec::<u8>::new()[0]), None);
        assert_eq!(caught(|| -> u8 { panic!("no {}", 1) }), Err("no 1".into()));
        assert_eq!(guarded(|| 1), Some(1));
    }
}
