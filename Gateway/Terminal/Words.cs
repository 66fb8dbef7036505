namespace Orleans.Story.Gateway.Terminal;

/// <summary>What the program prints, in the language it was asked for.</summary>
internal sealed class Words(string language)
{
    /// <summary>The language.</summary>
    public string Language => language;

    /// <summary>The wall page.</summary>
    public string Wall => Say("Big screen", "大银幕");

    /// <summary>How a wall is opened.</summary>
    public string FromConsole => Say("open it from the console", "从控制台打开");

    /// <summary>The phones.</summary>
    public string Phones => Say("Phones", "观众手机");

    /// <summary>The console.</summary>
    public string Console => Say("Console", "控制台");

    /// <summary>The account.</summary>
    public string SignIn => Say("Sign in", "登录");

    /// <summary>That the password will not be shown again.</summary>
    public string Once => Say("shown once; write it down", "仅显示一次，请记下");

    /// <summary>That the account exists.</summary>
    public string HasPassword => Say("with your password (lost it? start with --reset-password)", "使用您的密码（遗忘时请加 --reset-password 启动）");

    /// <summary>How to leave.</summary>
    public string Leave => Say("Ctrl+C closes the hall.", "按 Ctrl+C 关闭。");

    /// <summary>What the demo does.</summary>
    public string DemoStarts(int seats) => Say(
        $"Demo: {seats} simulated viewers take their seats. Join them with your phone.",
        $"演示：{seats} 位模拟观众正在入场，您也可以用手机加入。");

    /// <summary>Code on the phone.</summary>
    public string Code => Say("code", "入场代码");

    /// <summary>The models that write.</summary>
    public string Models => Say("Written by", "写作模型");

    /// <summary>The port is in use.</summary>
    public string PortTaken(int port) => Say(
        $"Port {port} is in use by another program. Choose another one with --port, for instance --port {port + 1}.",
        $"端口 {port} 已被其他程序占用。请用 --port 换一个，例如 --port {port + 1}。");

    /// <summary>One of two.</summary>
    public string Say(string en, string zh) => language == "zh" ? zh : en;
}
