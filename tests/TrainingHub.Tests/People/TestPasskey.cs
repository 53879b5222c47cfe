using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TrainingHub.Tests.People;

/// <summary>A passkey in software, with what a hostile one could do besides (WebAuthn level 3, sections 6.1 and 6.5).</summary>
internal sealed class TestPasskey : IDisposable
{
    private const byte Present = 1;
    private const byte Verified = 4;
    private const byte HasCredential = 64;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";
    private uint used;

    public string Id => Base64Url.EncodeToString(id);

    public string Origin { get; set; } = "https://localhost";

    /// <summary>Whether it saw a finger, a face or a PIN.</summary>
    public bool VerifiesItsOwner { get; set; } = true;

    /// <returns>What the browser sends after making it.</returns>
    public string Create(JsonNode options)
    {
        userHandle = (string)options["user"]!["id"]!;
        var (client, authenticator) = (Client("webauthn.create", options), Authenticator((string)options["rp"]!["id"]!, HasCredential));
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), .. Bytes([.. authenticator, .. Credential()])];
        return Answer(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <returns>What the browser sends after asking it to sign in.</returns>
    public string Get(JsonNode options)
    {
        used++;
        var (client, authenticator) = (Client("webauthn.get", options), Authenticator((string)options["rpId"]!, 0));
        var signature = key.SignData([.. authenticator, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(authenticator),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = userHandle,
        });
    }

    public void Dispose() => key.Dispose();

    private string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Id,
        ["rawId"] = Id,
        ["type"] = "public-key",
        ["authenticatorAttachment"] = "platform",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    private byte[] Client(string type, JsonNode options) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = (string)options["challenge"]!,
        ["origin"] = Origin,
        ["crossOrigin"] = false,
    }.ToJsonString());

    private byte[] Authenticator(string site, byte flags)
    {
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, used);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(site)), (byte)(flags | Present | (VerifiesItsOwner ? Verified : 0)), .. count];
    }

    // An elliptic-curve key as COSE writes it: type 2, algorithm -7, curve 1, x, y.
    private byte[] Credential()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. new byte[16], 0, (byte)id.Length, .. id, 0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)];
    }

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) => [0x58, checked((byte)bytes.Length), .. bytes];
}
