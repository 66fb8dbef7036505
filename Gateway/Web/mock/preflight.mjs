/** Answers of the check before the show, as the rules word them. */
const check = (item, verdict, en, zh, mend = null) => ({ item, verdict, says: { en, zh }, mend: mend && { en: mend[0], zh: mend[1] } });

const wall = check('Wall', 'Green', 'The wall shows a picture: 1920 × 1080.', '大银幕画面正常：1920 × 1080。');
const disk = check('Disk', 'Green', '41.2 GB free; this show writes some 12 MB.', '剩余 41.2 GB；本场约写入 12 MB。');
const writer = check('Writer', 'Green', 'The writer storylet wrote a trial beat in 3 ms.', '写作者 storylet 用 3 毫秒写好了一段试稿。');
const journal = check('Journal', 'Green', 'Votes are written down, the last in 1.8 ms.', '投票写入正常，最近一次用时 1.8 毫秒。');

export const preflight = {
  mixed: [
    wall,
    check('Sound', 'Red', 'The wall is silent: its browser waits for a key.', '大银幕没有声音：浏览器在等待按键。', ['Click into the wall’s window and press any key once, then play the tone again.', '请点一下大银幕窗口，再按任意键，然后重放测试音。']),
    check('Network', 'Amber', 'No phone from the hall has come through yet.', '还没有厅里的手机连通过。', [
      'With a phone in the hall, join the venue’s Wi-Fi and open http://192.168.1.20:5080. If it does not open: is the phone on the same Wi-Fi as this machine (not a guest network, not mobile data)? Is “client isolation” (AP isolation) off in the access point? Does this machine’s firewall let the program in?',
      '请在厅里用手机连上场地 Wi-Fi，打开 http://192.168.1.20:5080。若打不开：手机与本机是否在同一个 Wi-Fi（不是访客网络，也不是移动数据）？无线路由器的“客户端隔离”（AP 隔离）是否关闭？本机防火墙是否放行？',
    ]),
    disk, writer,
    check('Clock', 'Amber', 'The clock of the wall’s machine is 41 s behind; this machine says 19:42 (Asia/Shanghai).', '大银幕所在电脑的时钟慢 41 秒；本机时间 19:42（Asia/Shanghai）。', ['Let both machines set date and time by themselves (in their settings).', '请在两台设备的设置中开启自动校时。']),
    journal,
  ],
  ready: [
    wall,
    check('Sound', 'Green', 'The hall hears it (−9 dB at the wall), as somebody said just now.', '厅里听得到（输出 −9 dB），刚才有人确认。'),
    check('Network', 'Green', 'A phone (192.168.1.34) came through just now: 8 ms there and back.', '刚才有手机（192.168.1.34）连通：往返 8 毫秒。'),
    disk, writer,
    check('Clock', 'Green', 'The clocks of server, wall and console agree: this machine says 19:42 (Asia/Shanghai).', '服务器、大银幕与控制台时钟一致：本机时间 19:42（Asia/Shanghai）。'),
    journal,
  ],
};
