//! Dialogues laid out beside and below one another.

use super::*;
use crate::Lang;
use crate::sample::{case, view};
use expect_test::expect;

/// The answer (line 3) stands beside its request (line 1) although a job (line 2) came between them.
#[test]
fn answers_stand_beside_their_requests() {
    let text = dialogue(&case(), "f1", &view(Lang::En, 120)).unwrap_or_default();
    expect![[r#"
        f1  mines at pool.example:3333 (stratum-cryptonote), 1 session, 214 shares accepted · 09:12:00

        client 10.1.4.23:51234                                     │ server 198.51.100.9:3333
        1  +0.000 s  e1 packet 17                                  │ 3  +0.082 s  e1 packet 21 · answers 1
        {"id":1,"method":"login","params":{"login":"4ev.rig1","pas │ {"id":1,"result":{"status":"OK"}}
        s":"***"}}                                                 │
                                                                   │ 2  +0.041 s  e1 packet 19
                                                                   │ {"id":null,"method":"job"}
        4  +0.123 s  e1 packet 23                                  │
        {"id":2,"method":"submit"}                                 │
    "#]]
    .assert_eq(&text);
}

#[test]
fn narrow_pages_show_lines_in_the_order_of_time() {
    let text = dialogue(&case(), "f1", &view(Lang::Zh, 60)).unwrap_or_default();
    expect![[r#"
        f1  在 pool.example:3333 挖矿（stratum-cryptonote），1 次会
            话，214 个份额被接受 · 09:12:00

        > 1  +0.000 s  e1 第 17 个数据包
          {"id":1,"method":"login","params":{"login":"4ev.rig1","pas
          s":"***"}}
        < 2  +0.041 s  e1 第 19 个数据包
          {"id":null,"method":"job"}
        < 3  +0.082 s  e1 第 21 个数据包 · 应答第 1 行
          {"id":1,"result":{"status":"OK"}}
        > 4  +0.123 s  e1 第 23 个数据包
          {"id":2,"method":"submit"}
    "#]]
    .assert_eq(&text);
}

#[test]
fn what_cannot_be_shown_is_said() {
    let view = view(Lang::En, 80);
    let words = view.words(&case());
    let refused = |id| dialogue(&case(), id, &view).map_err(|reason| words.say(&reason));
    assert_eq!(refused("f9"), Err("there is no finding f9; this case has f1 f2 f3".to_owned()));
    let silent = "f2 has no recorded dialogue: only a session with readable messages has one";
    assert_eq!(refused("f2"), Err(silent.to_owned()));
}
