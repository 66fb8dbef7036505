using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// Lets another hall look at this house: the read token of the configuration, as bearer, at <c>/api/house</c> and nowhere
/// else. Hashes are compared in constant time, so that neither the answer's time nor the token's length tells anything.
/// </summary>
internal sealed class HouseTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, GatewayOptions gateway)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (gateway.House.ReadToken is not { } right || !Request.Path.Equals(Paths.House, StringComparison.Ordinal)) return Task.FromResult(AuthenticateResult.NoResult());
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(CryptographicOperations.FixedTimeEquals(Hash(header[Prefix.Length..].Trim()), Hash(right))
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("house", "read")], Scheme.Name)), Scheme.Name))
            : AuthenticateResult.Fail("The read token is wrong."));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Response.HasStarted ? Task.CompletedTask : Answers.Refuse(Refusals.SignInFirst).ExecuteAsync(Context);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
