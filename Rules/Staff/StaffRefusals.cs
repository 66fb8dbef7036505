using System.Globalization;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Staff;

/// <summary>Every refusal about accounts, with what a person can do about it.</summary>
public static class StaffRefusals
{
    private static readonly string Shortest = PasswordRules.Shortest.ToString(CultureInfo.InvariantCulture);
    private static readonly string Longest = PasswordRules.Longest.ToString(CultureInfo.InvariantCulture);

    /// <summary>The caller has no pass for this.</summary>
    public static Refusal NotAllowed { get; } = Say(
        "not-allowed", "Your account may not do this. Ask an operator, or an admin to give you the role.", "您的账号无权执行此操作。请找操作员，或请管理员为您添加角色。");

    /// <summary>The record cannot be written, so the act is not done.</summary>
    public static Refusal Busy { get; } = Say("busy", "The hall is busy. Try again in a second; nothing was changed.", "系统正忙，请稍后再试；没有任何改动。");

    /// <summary>No account can be called so.</summary>
    public static Refusal BadName { get; } = Say(
        "bad-account", "A name has 1 to 32 small letters, digits, dots, hyphens or underscores, and begins with a letter or digit.", "用户名为 1 至 32 个小写英文字母、数字、点、连字符或下划线，并以字母或数字开头。");

    /// <summary>No account can have these roles.</summary>
    public static Refusal BadRoles { get; } = Say("bad-account", "Choose at least one role: operator, director or admin.", "请至少选择一个角色：操作员、导演或管理员。");

    /// <summary>The name is taken.</summary>
    public static Refusal AccountExists { get; } = Say("account-exists", "There is an account with this name already. Choose another name.", "已有同名账号，请换一个用户名。");

    /// <summary>The book is full.</summary>
    public static Refusal TooManyAccounts { get; } = Say("too-many-accounts", "There are 100 accounts already. Remove one that nobody uses.", "账号已达 100 个，请先删除不再使用的账号。");

    /// <summary>There is no such account.</summary>
    public static Refusal NoAccount { get; } = Say("no-account", "There is no such account any more. Reload the list.", "该账号已不存在，请刷新列表。");

    /// <summary>Without this account nobody could keep accounts.</summary>
    public static Refusal LastAdmin { get; } = Say(
        "last-admin", "This is the last admin. Make another account an admin first.", "这是最后一位管理员。请先将另一个账号设为管理员。");

    /// <summary>Too short.</summary>
    public static Refusal PasswordTooShort { get; } = Say(
        "weak-password", $"The new password needs at least {Shortest} characters. Three or four words in a row are good.", $"新密码至少需要 {Shortest} 个字符。三四个词连起来就很好。");

    /// <summary>Too long, or no text.</summary>
    public static Refusal PasswordTooLong { get; } = Say(
        "weak-password", $"The new password may have at most {Longest} characters.", $"新密码最多 {Longest} 个字符。");

    /// <summary>One letter over and over, or little more than the name.</summary>
    public static Refusal PasswordTooPlain { get; } = Say(
        "weak-password", "The new password is too easy to guess. Use words that have nothing to do with your name.", "新密码太容易猜到，请使用与用户名无关的词。");

    /// <summary>The new one is the old one.</summary>
    public static Refusal PasswordUnchanged { get; } = Say("weak-password", "The new password is the old one. Choose another.", "新密码与旧密码相同，请换一个。");

    /// <summary>The password must be changed before anything else.</summary>
    public static Refusal ChangeFirst { get; } = Say(
        "change-password", "Choose a password of your own first.", "请先设置您自己的密码。");

    /// <summary>The reason holds what does not belong there.</summary>
    public static Refusal BadReason { get; } = Say("bad-command", "The reason may have at most 200 characters, in one line.", "理由最多 200 个字符，且只能写一行。");

    private static Refusal Say(string code, string english, string chinese) => new(code, Text.Both(english, chinese));
}
