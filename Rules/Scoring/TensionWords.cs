using System.Collections.Frozen;

namespace Orleans.Story.Rules.Scoring;

/// <summary>
/// Words that raise and words that lower the tension of a text, written down for this product from common usage and not from
/// any film. English ones end in <c>*</c> where any ending may follow; Chinese ones are found anywhere, longest first.
/// </summary>
internal sealed class TensionWords
{
    private readonly FrozenSet<string> whole;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> wholeBySpan;
    private readonly FrozenSet<string> stems;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> stemsBySpan;
    private readonly int longest;

    private TensionWords(string words)
    {
        var all = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        whole = all.Where(word => word[^1] != '*').ToFrozenSet(StringComparer.Ordinal);
        stems = all.Where(word => word[^1] == '*').Select(word => word[..^1]).ToFrozenSet(StringComparer.Ordinal);
        wholeBySpan = whole.GetAlternateLookup<ReadOnlySpan<char>>();
        stemsBySpan = stems.GetAlternateLookup<ReadOnlySpan<char>>();
        longest = all.Max(word => word.Length);
    }

    /// <summary>Danger, fear, violence, death, loss, urgency.</summary>
    internal static TensionWords Tense(string language) => Films.FilmLimits.IsIdeographic(language) ? ChineseTense : EnglishTense;

    /// <summary>Rest, warmth, laughter, everyday things.</summary>
    internal static TensionWords Calm(string language) => Films.FilmLimits.IsIdeographic(language) ? ChineseCalm : EnglishCalm;

    /// <summary>Whether a lower-case word of a language written with letters is one of them.</summary>
    internal bool Has(ReadOnlySpan<char> word)
    {
        if (wholeBySpan.Contains(word)) return true;
        for (var length = Math.Min(word.Length, longest); length >= 3; length--)
        {
            if (stemsBySpan.Contains(word[..length])) return true;
        }

        return false;
    }

    /// <summary>How many of them are in a text written without spaces; none overlap.</summary>
    internal int CountIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            for (var length = Math.Min(longest, text.Length - i); length > 0; length--)
            {
                if (!wholeBySpan.Contains(text.Slice(i, length))) continue;
                count++;
                i += length - 1;
                break;
            }
        }

        return count;
    }

    private static TensionWords EnglishTense { get; } = new("""
        danger* threat* menac* risk* peril* hazard* warn* alarm* emergency siren* mayday help trap* hostage* ambush*
        fear* afraid scare* scary terror* terrif* horror* horrif* panic* dread* fright* nightmare* shiver* trembl* shudder* shak* shook pale
        scream* shriek* shout* yell* cry* cried howl* roar* sob* wail* curse* swear swore
        kill* murder* dead death* die dies died dying corpse* bodies grave* coffin* poison* strangl* chok* drown* suffocat* hang* hanged
        blood* bleed* bled wound* hurt* pain* injur* broken bone* scar* bruise* sick fever*
        gun* shot shots shoot* bullet* knife knives blade* weapon* axe* fist* punch* hit hits struck strike* stab* slash* attack* fight* fought beat* violen* tear tore rip* burst* explo* bomb* crash* smash* shatter* crack* collaps* splinter*
        fire fires burn* flame* smoke* storm* flood* wave waves lightning thunder* gale* sink* sank sunk capsiz* wreck* aground tilt* lurch*
        run runs running ran flee* fled chase* escap* hide* hid hiding hunt* hurry hurried rush* quick* sudden* fast now minute minutes second seconds late hour deadline clock urgent* race*
        secret* lie lies lied lying liar* betray* blame* guilt* accus* confess* crime* steal* stole* stolen thief thieves police prison* jail* arrest* cheat* blackmail* suspect* suspicio* evidence truth
        lost lose* loss gone missing vanish* alone abandon* trapped locked dark* black blind* cold silent silence empty nothing nobody never
        no don't can't won't must stop wait* hold* pull* push* grab* drag* slam* fall* fell fallen drop* jump* leap* throw* threw cling* clutch* grip*
        enemy enemies hate* anger* angry furious* rage* fury mad revenge* sacrifice* choose ruin* destroy* worst last desperat* impossible forbid* refus*
        """);

    private static TensionWords EnglishCalm { get; } = new("""
        calm* quiet* peace* gentl* soft* slow* still smooth* rest* sleep* asleep bed dream* nap* doze* yawn* breath*
        smile* smiling laugh* grin* chuckl* giggl* joke* joking funny happy happi* glad joy* merry cheer* delight* pleas* please proud wonder* lovely nice kind* friend* love* loving dear darling kiss* hug* embrac*
        warm* cosy cozy comfort* safe* home house kitchen table chair* window* door garden* flower* tree* bird* sun sunny sunlight morning* summer spring breeze*
        tea coffee bread soup rice cake* sugar sweet* apple* orange* dinner* breakfast* lunch* supper* cup cups plate* spoon* bowl* eat eats eating ate drink* cook* bake* taste* smell*
        song* sing* sang music danc* play* game* toy* picture* photograph* photo* story stories book* letter* read* remember* memory memories old young child* baby grandmother* grandfather* mother* father* sister* brother* family wedding* birthday*
        thank* welcome hello goodnight good fine well sure certainly perhaps maybe easy simple together share* gift* give gives giving clean* wash* fold* paint* knit* polish* button* coat* blanket* pillow* lamp* candle*
        """);

    private static TensionWords ChineseTense { get; } = new("""
        危险 危急 危机 威胁 警告 警报 紧急 求救 救命 救人 陷阱 人质 埋伏 险 不妙 糟了 完了 坏了 出事
        害怕 怕 恐惧 恐怖 恐慌 惊 吓 噩梦 发抖 颤 哆嗦 战栗 苍白 煞白 冷汗 慌 心跳 毛骨悚然
        尖叫 惨叫 喊 叫喊 吼 嚎 哭 哽咽 骂 诅咒 咆哮 哀求
        杀 死 尸 命案 凶手 坟 棺 毒 勒 掐 窒息 淹 溺 上吊 送命 没命 丧 亡 遗体 断气
        血 伤 疼 痛 骨折 断 疤 病危 发烧 昏 晕 倒下
        枪 子弹 刀 匕首 斧 武器 拳 打 揍 砸 捅 刺 劈 砍 攻击 搏斗 撕 炸 爆 撞 碎 裂 塌 崩 折断
        火 烧 燃 烟 风暴 暴雨 洪水 巨浪 浪 闪电 雷 狂风 沉没 沉 翻船 触礁 搁浅 倾斜 漏水 进水
        逃 跑 追 躲 藏 猎 赶 赶紧 赶快 快 急 突然 忽然 猛 马上 立刻 来不及 迟 晚了 秒 分钟 钟 倒计时 期限
        秘密 瞒 骗 谎 撒谎 背叛 出卖 怪罪 内疚 有罪 罪 指控 坦白 承认 偷 贼 警察 监狱 坐牢 逮捕 勒索 怀疑 可疑 证据 真相 揭穿
        丢了 失去 失踪 不见了 消失 孤零零 抛弃 困住 锁 黑暗 漆黑 黑 瞎 冷 冰 死寂 空荡荡 没有人 没人 从来
        别 不许 不能 不准 不行 必须 住手 站住 等等 停 抓 拽 拉 推 拖 扑 摔 掉 跌 坠 跳 扔 攥 揪 挣
        敌人 恨 愤怒 怒 火气 发疯 疯 报仇 牺牲 毁 绝望 最后 拼命 不可能 禁止 拒绝 逼 求你 凭什么 为什么
        """);

    private static TensionWords ChineseCalm { get; } = new("""
        平静 安静 宁静 轻轻 温柔 柔 慢慢 缓缓 静静 休息 睡 床 梦 打盹 哈欠 歇 舒
        笑 微笑 笑话 玩笑 好玩 高兴 开心 快乐 快活 喜 乐呵 得意 可爱 善良 朋友 爱 亲爱 吻 抱 拥抱
        暖 温暖 舒服 安全 平安 放心 家 屋 厨房 桌 椅 窗 花 树 鸟 太阳 阳光 早晨 清晨 夏天 春天 微风 院子
        茶 咖啡 面包 汤 米饭 粥 蛋糕 糖 甜 苹果 橘子 晚饭 早饭 午饭 吃饭 吃 喝 杯 碗 盘 勺 筷 煮 炒 烤 尝 香 饺子 面条 酒
        歌 唱 音乐 跳舞 舞 玩 游戏 玩具 照片 故事 书 信 读 念 记得 回忆 老 小时候 孩子 奶奶 爷爷 外婆 外公 姐 妹 弟 一家 婚礼 生日 团圆
        谢 欢迎 你好 晚安 好的 不错 当然 也许 大概 慢点 一起 分 礼物 送 洗 叠 擦 画 织 扣子 外套 毯子 枕头 灯笼 蜡烛
        """);
}
