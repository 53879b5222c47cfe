using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace TrainingHub.People;

/// <summary>
/// Refuses passwords that are guessed first: built of common words, figures and signs alone ("Safeguarding2026!"), of the
/// person's own name or address, or of fewer than five different characters (OWASP ASVS 5.0, 6.2.4 and 6.2.11). No rule asks
/// for kinds of characters.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<StaffUser>
{
    public const int MinLength = 15;
    public const int MaxLength = 200;
    private const int FewestDifferent = 5;
    private const int FewestOtherLetters = 4;
    private static readonly IReadOnlyList<string> CommonWords = Read();

    public Task<IdentityResult> ValidateAsync(UserManager<StaffUser> manager, StaffUser user, string? password)
    {
        var problem = WhyNot(password ?? "", user.Name, user.Email ?? "");
        return Task.FromResult(problem is null
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "WeakPassword", Description = problem }));
    }

    /// <returns>What is wrong with the password, in words, or null.</returns>
    public static string? WhyNot(string password, string name, string email)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            return $"Use a password of {MinLength} to {MaxLength} characters";
        }

        if (password.Distinct().Count() < FewestDifferent)
        {
            return "Use more different characters: this password is easy to guess";
        }

        var own = $"{name} {email}".Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length > 2);
        List<string> words = [.. CommonWords, .. own];
        var plain = Plain(password);
        var joined = string.Concat(plain.Where(char.IsLetter));
        return new[] { password.ToLowerInvariant(), plain, joined }.Min(form => LettersBeside(form, words)) < FewestOtherLetters
            ? "Use less common words: this password is easy to guess. Three or four random words work well"
            : null;
    }

    // Letters that are left when the known words are taken out, longest first.
    private static int LettersBeside(string password, IEnumerable<string> words)
    {
        var rest = new StringBuilder(password);
        foreach (var word in words.Select(Plain).Where(word => word.Length > 2).OrderByDescending(word => word.Length))
        {
            rest.Replace(word, " ");
        }

        return rest.ToString().Count(char.IsLetter);
    }

    // "P@ssw0rd" is "password".
    private static string Plain(string text) => text.ToLowerInvariant()
        .Replace('@', 'a').Replace('4', 'a').Replace('0', 'o').Replace('3', 'e').Replace('$', 's').Replace('5', 's').Replace('1', 'i')
        .Replace('!', 'i').Replace('7', 't');

    private static List<string> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("TrainingHub.People.Seed.common-passwords.csv")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)];
    }
}
