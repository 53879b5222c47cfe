using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Platform.Web;

/// <summary>On the name of a person or an organisation that is typed: see <see cref="PlainName"/>. Line breaks become spaces when it is bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainNameAttribute : ValidationAttribute
{
    public PlainNameAttribute() => ErrorMessage = "Enter a name without a web or email address in it";

    public override bool IsValid(object? value) => value is not string name || !PlainName.HasAddress(name);
}
