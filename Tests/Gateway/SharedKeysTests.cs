using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Gateway.Auth;

namespace Orleans.Story.Tests.Gateway;

public sealed class SharedKeysTests
{
    private readonly string _secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void What_one_gateway_seals_every_other_with_the_secret_opens() =>
        Protector(_secret).Unprotect(Protector(_secret).Protect("seat 7")).ShouldBe("seat 7");

    [Fact]
    public void Another_secret_opens_nothing() =>
        Should.Throw<CryptographicException>(() => Protector(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))).Unprotect(Protector(_secret).Protect("seat 7")));

    [Fact]
    public void Another_purpose_opens_nothing() =>
        Should.Throw<CryptographicException>(() => Protector(_secret, "wall").Unprotect(Protector(_secret).Protect("seat 7")));

    private static IDataProtector Protector(string secret, string purpose = "ticket")
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Orleans.Story").UseSharedKey(secret);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector(purpose);
    }
}
