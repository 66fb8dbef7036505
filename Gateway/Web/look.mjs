import { chromium } from 'playwright-core';
const base=process.argv[2], code=process.argv[3], out=process.argv[4], lang=process.argv[5]||'en';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
const c=await b.newContext({viewport:{width:390,height:844},deviceScaleFactor:2,locale:lang==='zh'?'zh-CN':'en-US'});
const p=await c.newPage(); p.on('console',m=>m.type()==='error'&&console.log('console',m.text()));
await p.goto(`${base}/?code=${code}`); await p.waitForTimeout(1500);
const join=await p.$('button[type=submit]'); if(join) await join.click().catch(()=>{}); await p.waitForTimeout(3000);
console.log(p.url());
const read=await p.$('[data-testid=story-read]')||await p.$('[data-testid=story-open]'); if(read){ await read.click(); await p.waitForTimeout(1500);} else console.log('no story button');
await p.screenshot({path:`${out}/1.png`});
const missed=await p.$('[data-testid=aside-missed]'); if(missed){ await missed.click(); await p.waitForTimeout(2500); await p.screenshot({path:`${out}/2.png`}); }
const talk=await p.$('#aside-words'); if(talk){ await talk.fill(lang==='zh'?'你爸看得见吗？':'Can your father see?'); await p.keyboard.press('Enter'); await p.waitForTimeout(2500); await p.screenshot({path:`${out}/3.png`}); } else console.log('no talk');
await b.close();
