using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a trainer: the fields of the form, and what is saved. The names are those of <see cref="Trainer"/>.</summary>
internal sealed class TrainerFacts
{
    [Display(Name = "Name of the trainer"), Required(ErrorMessage = "Enter the name of the trainer"), StringLength(ProviderFacts.NameLength), PlainName]
    public string Name { get; set; } = "";

    [Display(Name = "Email address (optional)"), DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? Email { get; set; }

    [Display(Name = "Phone (optional)"), DataType(DataType.PhoneNumber), Phone, StringLength(ProviderFacts.PhoneLength)]
    public string? Phone { get; set; }

    public static TrainerFacts Of(Trainer trainer) => new() { Name = trainer.Name, Email = trainer.Email, Phone = trainer.Phone };

    /// <summary>What became different, in the words of the form.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(TrainerFacts before) => HistoryChange.Of(
        HistoryChange.OfPerson("Name", before.Name.Length == 0 ? null : before.Name, Name),
        HistoryChange.OfPerson("Email address", before.Email, Email),
        HistoryChange.OfPerson("Phone", before.Phone, Phone));
}
