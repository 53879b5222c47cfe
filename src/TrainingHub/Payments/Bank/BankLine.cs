using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Payments;

/// <summary>What became of money that is on no invoice.</summary>
internal enum BankLineOutcome
{
    /// <summary>It is for something else: a grant, interest, a transfer of our own.</summary>
    NotOurs,

    /// <summary>Staff have paid it back to the sender, by the bank.</summary>
    PaidBack,
}

/// <summary>
/// Money that came into the account, as the bank told it: never changed. What is booked of it the tables count from its payments, and
/// refuse to count beyond the whole.
/// </summary>
internal sealed class BankLine
{
    public const int PayerLength = 200;
    public const int TextLength = 500;
    public const int NoteLength = 200;

    public required Guid Id { get; init; }

    /// <summary>The first file that had it, and where.</summary>
    public required Guid FileId { get; init; }
    public required int RowNumber { get; init; }

    /// <summary>By which it is known in other files: <see cref="BankLineKeys"/>.</summary>
    public required string Key { get; init; }
    public required DateOnly PaidOn { get; init; }
    public required int AmountPence { get; init; }

    /// <summary>Both are empty once they are forgotten.</summary>
    public required string Payer { get; init; }
    public required string Text { get; init; }
    public int? BalancePence { get; init; }
    public int BookedPence { get; private set; }
    public BankLineOutcome? Outcome { get; private set; }

    /// <summary>In the words of staff.</summary>
    public string? OutcomeNote { get; private set; }
    public DateTimeOffset? OutcomeAt { get; private set; }
    public Guid? OutcomeById { get; private set; }

    public int LeftPence => AmountPence - BookedPence;

    /// <summary>A person has to say what some of it is for.</summary>
    public bool Waits => Outcome is null && LeftPence > 0;

    public static IQueryable<BankLine> Waiting(TrainingHubDb db) => db.BankLines.Where(line => line.Outcome == null && line.BookedPence < line.AmountPence);

    /// <summary>What is left of it is for no invoice.</summary>
    public void SetAside(BankLineOutcome outcome, string? note, Guid? by, DateTimeOffset now)
    {
        if (!Waits)
        {
            throw new InvalidOperationException($"Bank line {Id} does not wait.");
        }

        (Outcome, OutcomeNote, OutcomeAt, OutcomeById) = (outcome, note, now, by);
    }

    /// <summary>It waits for a person again.</summary>
    public void TakeUpAgain() => (Outcome, OutcomeNote, OutcomeAt, OutcomeById) = (null, null, null, null);
}

internal sealed class BankLineMap : IEntityTypeConfiguration<BankLine>
{
    public void Configure(EntityTypeBuilder<BankLine> builder)
    {
        builder.Property(line => line.Payer).HasMaxLength(BankLine.PayerLength);
        builder.Property(line => line.Text).HasMaxLength(BankLine.TextLength);
        builder.Property(line => line.Key).HasMaxLength(64);
        builder.Property(line => line.OutcomeNote).HasMaxLength(BankLine.NoteLength);
        builder.Property(line => line.BookedPence).HasDefaultValue(0);
        builder.Ignore(line => line.LeftPence).Ignore(line => line.Waits);
        builder.HasIndex(line => line.Key).IsUnique();
        builder.HasIndex(line => line.FileId);
        builder.HasIndex(line => line.PaidOn);
        builder.HasIndex(line => line.PaidOn, "IxBankLinesWaiting").HasFilter("outcome is null and booked_pence < amount_pence");
        builder.HasIndex(line => line.OutcomeById);
        builder.HasOne<BankFile>().WithMany().HasForeignKey(line => line.FileId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(line => line.OutcomeById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_bank_lines_amount", "amount_pence > 0");
            table.HasCheckConstraint("ck_bank_lines_booked", "booked_pence between 0 and amount_pence");
            table.HasCheckConstraint(
                "ck_bank_lines_set_aside",
                "(outcome is null) = (outcome_at is null) and (outcome is null) = (outcome_by_id is null) and (outcome is null or booked_pence < amount_pence)");
        });
    }
}
