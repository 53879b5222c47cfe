using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance;

/// <summary>The key that signs badges (RS256, 2,048 bits). It is made when the first badge is, by whichever node is first, and lies encrypted in the database.</summary>
internal sealed class BadgeKeys(NpgsqlDataSource database, SecretAtRest secrets, TimeProvider clock)
{
    private const int Bits = 2048;

    /// <summary>The signature over a text, and the id of the key.</summary>
    public async Task<(string KeyId, Func<byte[], byte[]> Sign)> InUseAsync(CancellationToken ct)
    {
        var (id, key) = await FindAsync(ct) ?? await MakeAsync(ct);
        return (id, Sign);

        byte[] Sign(byte[] bytes)
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(secrets.Unprotect(nameof(BadgeKeys), id, key), out _);
            return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    /// <summary>Retires the key in use and makes another. What was signed stays verifiable.</summary>
    /// <returns>The new key's id.</returns>
    public async Task<string> RenewAsync(CancellationToken ct)
    {
        await using (var retire = database.CreateCommand("update badge_keys set retired_at = $1 where retired_at is null"))
        {
            retire.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
            await retire.ExecuteNonQueryAsync(ct);
        }

        return (await MakeAsync(ct)).Id;
    }

    // Two that make one at once: the second finds the first's.
    private async Task<(string Id, byte[] Key)> MakeAsync(CancellationToken ct)
    {
        using var rsa = RSA.Create(Bits);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        var open = rsa.ExportParameters(includePrivateParameters: false);
        await using var add = database.CreateCommand(
            """
            insert into badge_keys (id, public_key, protected_key, created_at)
            values ($1, $2, $3, $4)
            on conflict (retired_at) where retired_at is null do nothing
            """);
        add.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        add.Parameters.Add(new NpgsqlParameter<string>
        {
            TypedValue = JsonSerializer.Serialize(new
            {
                kty = "RSA",
                alg = "RS256",
                use = "sig",
                kid = id,
                n = Base64Url.EncodeToString(open.Modulus),
                e = Base64Url.EncodeToString(open.Exponent),
            }),
        });
        add.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = secrets.Protect(nameof(BadgeKeys), id, rsa.ExportPkcs8PrivateKey()) });
        add.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        await add.ExecuteNonQueryAsync(ct);
        return await FindAsync(ct) ?? throw new InvalidOperationException("No key for badges is in use, although one was made.");
    }

    private async Task<(string Id, byte[] Key)?> FindAsync(CancellationToken ct)
    {
        await using var find = database.CreateCommand("select id, protected_key from badge_keys where retired_at is null");
        await using var rows = await find.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? (rows.GetString(0), rows.GetFieldValue<byte[]>(1)) : null;
    }
}
