# password-guessing

password-guessing-summary = 猜测口令：反复与登录服务建立短连接
password-guessing-out = 似在猜测口令：{ $minutes } 分钟内与 { $other }{ $further ->
    [0] {""}
   *[other] {" "}及另外 { $further } 个地址
}的 { $service } 建立 { $attempts } 个短连接
password-guessing-in = 口令似在被猜测：{ $minutes } 分钟内 { $other }{ $further ->
    [0] {""}
   *[other] {" "}及另外 { $further } 个地址
}与其 { $service } 建立 { $attempts } 个短连接
password-guessing-got-in = 似在猜测口令：{ $minutes } 分钟内与 { $other }{ $further ->
    [0] {""}
   *[other] {" "}及另外 { $further } 个地址
}的 { $service } 建立 { $attempts } 个短连接；其中一次似已成功：{ $time }，{ $there }，{ $bytes } 字节，{ $secs } 秒
password-guessing-was-entered = 口令似在被猜测：{ $minutes } 分钟内 { $other }{ $further ->
    [0] {""}
   *[other] {" "}及另外 { $further } 个地址
}与其 { $service } 建立 { $attempts } 个短连接；其中一次似已成功：{ $time }，来自 { $there }，{ $bytes } 字节，{ $secs } 秒
password-guessing-at-attempt = 一个短连接
password-guessing-at-success = 传输远多于其余的连接
