# break-in

break-in-summary = 据本机记录，同一来源多次登录失败之后成功的登录
break-in-guessed = { $user } 于 { $time } 从 { $source } 登录，此前该来源用 { $names } 个名称失败 { $failures } 次{ $more ->
    [more] 以上
   *[other] {""}
}：口令似已被猜中
break-in-root = root 于 { $time } 从 { $source } 用口令登录，此前该来源失败 { $failures } 次
break-in-at-source = 来自 { $source } 的登录
