using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// One data protection key for all gateways of a cluster, derived (HKDF, RFC 5869) from the secret they share: a ticket that one
/// issued opens at every other, with nothing to store, copy or race for. Another secret is another key, and signs everybody out.
/// </summary>
internal static class SharedKeys
{
    /// <summary>Bytes of a master key of AES-256-CBC with HMAC-SHA-256.</summary>
    private const int MasterKeyBytes = 64;

    private const string Purpose = "Orleans.Story gateway keys 1";

    /// <summary>Uses it, and makes no other.</summary>
    /// <param name="builder">Data protection's.</param>
    /// <param name="secret">Base64 of at least 32 random bytes.</param>
    public static IDataProtectionBuilder UseSharedKey(this IDataProtectionBuilder builder, string secret)
    {
        builder.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = new OneKey(Key(Convert.FromBase64String(secret))));
        return builder.DisableAutomaticKeyGeneration();
    }

    /// <summary>The key as data protection writes its own; its id tells two secrets apart and nothing else about them.</summary>
    private static XElement Key(byte[] secret)
    {
        var master = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, MasterKeyBytes, info: Encoding.UTF8.GetBytes(Purpose));
        var id = new Guid(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, info: Encoding.UTF8.GetBytes(Purpose + " id")));
        return XElement.Parse($"""
            <key id="{id}" version="1">
              <creationDate>2026-01-01T00:00:00Z</creationDate>
              <activationDate>2026-01-01T00:00:00Z</activationDate>
              <expirationDate>2999-01-01T00:00:00Z</expirationDate>
              <descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection">
                <descriptor>
                  <encryption algorithm="AES_256_CBC" />
                  <validation algorithm="HMACSHA256" />
                  <masterKey><value>{Convert.ToBase64String(master)}</value></masterKey>
                </descriptor>
              </descriptor>
            </key>
            """);
    }

    private sealed class OneKey(XElement key) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => [new XElement(key)];

        public void StoreElement(XElement element, string friendlyName) =>
            throw new NotSupportedException("The gateways of a cluster have one key, derived from Story:PassKey.");
    }
}
