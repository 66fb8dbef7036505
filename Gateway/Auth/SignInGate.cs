using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// Slows down guessing of passwords without letting a guesser lock the operator out. A browser that has signed in keeps a
/// mark, and with it tries of its own that nobody else can spend; all others share those of their address. No account is
/// ever locked. Why: docs/design/07-one-address-for-a-hall.md.
/// </summary>
internal sealed class SignInGate : IDisposable
{
    private const string CookieName = "story-console";
    private const int MarkBytes = 16;

    /// <summary>Long enough for a hall that plays once a season.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly IDataProtector _marks;
    private readonly FailureLimiter _addresses;
    private readonly TokenBucket _all;

    /// <summary>Tries at the own password of somebody who is signed in: a console left alone is no place to guess it.</summary>
    private readonly FailureLimiter _own;

    /// <summary>Marks are 128 random bits, and an address is 128 bits: one kind of limiter holds both.</summary>
    private readonly FailureLimiter _consoles;

    /// <summary>One hash at a time: guessing takes at most one core from the show. The limits bound who waits.</summary>
    private readonly SemaphoreSlim _hashing = new(1);

    /// <summary>Makes a gate at which nobody has failed yet.</summary>
    public SignInGate(IDataProtectionProvider protection, GatewayOptions options, TimeProvider time)
    {
        _marks = protection.CreateProtector("Orleans.Story", "console-mark", "v1");
        _addresses = new FailureLimiter(options.FailedSignIns, time);
        _consoles = new FailureLimiter(options.FailedSignInsOfConsole, time);
        _own = new FailureLimiter(options.FailedSignInsOfConsole, time);
        _all = new TokenBucket(options.FailedSignInsOfAll, time);
    }

    /// <summary>
    /// Runs a check of name and password. Answers its result, or how long to wait before it may be run at all. A try is paid for before the
    /// check and given back when it was right, so that a thousand tries at once are no more than ten in a row.
    /// </summary>
    public async Task<(TimeSpan? Wait, T? Result)> Try<T>(HttpContext http, Func<Task<T?>> check)
        where T : class
    {
        var address = http.Connection.RemoteIpAddress;
        var mark = Mark(http);
        var shared = mark is null && !(address is not null && IPAddress.IsLoopback(address));
        var limiter = mark is null ? _addresses : _consoles;
        var who = mark ?? address;
        if (shared && !_all.HasToken) return (_all.RetryIn, null);
        if (!limiter.Failed(who)) return (limiter.RetryIn(who), null);
        if (shared) _all.Take();
        var result = await OneAtATime(check, http.RequestAborted);
        if (result is null) return (null, null);
        limiter.Forgive(who);
        if (shared) _all.PutBack();
        if (mark is null) Give(http);
        return (null, result);
    }

    /// <summary>Runs a check of the own password of an account that is signed in here, as <see cref="Try"/> does.</summary>
    public async Task<(TimeSpan? Wait, T? Result)> TryOwn<T>(string name, Func<Task<T?>> check, CancellationToken stop)
        where T : class
    {
        var who = new IPAddress(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, MarkBytes));
        if (!_own.Failed(who)) return (_own.RetryIn(who), null);
        var result = await OneAtATime(check, stop);
        if (result is not null) _own.Forgive(who);
        return (null, result);
    }

    /// <inheritdoc/>
    public void Dispose() => _hashing.Dispose();

    private async Task<T?> OneAtATime<T>(Func<Task<T?>> check, CancellationToken stop)
        where T : class
    {
        await _hashing.WaitAsync(stop);
        try
        {
            return await check();
        }
        finally
        {
            _hashing.Release();
        }
    }

    private IPAddress? Mark(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var text) || text.Length is 0 or > 512) return null;
        try
        {
            var mark = _marks.Unprotect(WebEncoders.Base64UrlDecode(text));
            if (mark.Length != MarkBytes) return null;
            // The limiter takes the first half of such an address for the whole: 64 random bits tell browsers apart.
            return new IPAddress(mark);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private void Give(HttpContext http) => http.Response.Cookies.Append(
        CookieName,
        WebEncoders.Base64UrlEncode(_marks.Protect(RandomNumberGenerator.GetBytes(MarkBytes))),
        new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = Kept, Path = Paths.Api + "/sign-in", IsEssential = true,
        });
}
