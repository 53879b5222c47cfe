using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum NeedState
{
    Open,
    Planned,
    Met,

    [Display(Name = "Not planned")]
    NotPlanned,
}

/// <summary>Training that somebody asks for, about a theme or a course. Organisations see their own, and those that staff list.</summary>
internal sealed class TrainingNeed : IEdited
{
    public required Guid Id { get; init; }
    public required string What { get; init; }
    public Guid? ThemeId { get; init; }
    public Guid? CourseId { get; init; }
    public required NeedState State { get; init; }

    /// <summary>Why it stands so, for staff; known once it is planned or met.</summary>
    public string? Because { get; init; }

    /// <summary>What organisations read of it; known when it is not planned.</summary>
    public string? PublicWords { get; init; }

    /// <summary>Organisations see it on their own pages, and vote for it.</summary>
    public bool IsListed { get; init; }

    /// <summary>An organisation asked for it, and staff have not looked at it.</summary>
    public bool AwaitsStaff { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class TrainingNeedMap : IEntityTypeConfiguration<TrainingNeed>
{
    public void Configure(EntityTypeBuilder<TrainingNeed> builder)
    {
        builder.Property(need => need.What).HasMaxLength(NeedFacts.WhatLength);
        builder.Property(need => need.Because).HasMaxLength(NeedFacts.BecauseLength);
        builder.Property(need => need.PublicWords).HasMaxLength(NeedFacts.PublicWordsLength);
        builder.Property(need => need.IsListed).HasDefaultValue(false);
        builder.Property(need => need.AwaitsStaff).HasDefaultValue(false);
        builder.HasIndex(need => need.AddedAt, "IxTrainingNeedsAwaiting").HasFilter("awaits_staff");
        builder.Property(need => need.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasOne<LearningTheme>().WithMany().HasForeignKey(need => need.ThemeId);
        builder.HasOne<Course>().WithMany().HasForeignKey(need => need.CourseId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_training_needs_because", "state in ('Open', 'NotPlanned') or because is not null");
            table.HasCheckConstraint("ck_training_needs_public_words", "state <> 'NotPlanned' or public_words is not null");
        });
    }
}

/// <summary>One vote for a need: an organisation's, or that of what somebody wrote in a survey.</summary>
internal sealed class TrainingNeedVote
{
    public required Guid Id { get; init; }
    public required Guid NeedId { get; init; }
    public Guid? OrganisationId { get; init; }

    /// <summary>Of the room Surveys, which may take the comment away.</summary>
    public Guid? CommentId { get; init; }
    public required DateTimeOffset VotedAt { get; init; }
}

internal sealed class TrainingNeedVoteMap : IEntityTypeConfiguration<TrainingNeedVote>
{
    public void Configure(EntityTypeBuilder<TrainingNeedVote> builder)
    {
        builder.HasIndex(vote => new { vote.NeedId, vote.OrganisationId }).IsUnique();
        builder.HasIndex(vote => new { vote.NeedId, vote.CommentId }).IsUnique();
        builder.HasOne<TrainingNeed>().WithMany().HasForeignKey(vote => vote.NeedId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(vote => vote.OrganisationId);
        builder.ToTable(table => table.HasCheckConstraint("ck_training_need_votes_of_one", "num_nonnulls(organisation_id, comment_id) = 1"));
    }
}

/// <summary>The fields of its form. The names are those of <see cref="TrainingNeed"/>.</summary>
internal sealed class NeedFacts : IValidatableObject
{
    public const int WhatLength = 300;
    public const int BecauseLength = 500;
    public const int PublicWordsLength = 300;

    [Display(Name = "What is asked for", Description = "For example “Working with fathers, in the evening”. Organisations that ask for it read these words."), Required(ErrorMessage = "Enter what is asked for"), StringLength(WhatLength, ErrorMessage = "What is asked for must be {1} characters or fewer")]
    public string What { get; set; } = "";

    [Display(Name = "Theme (optional)")]
    public Guid? ThemeId { get; set; }

    [Display(Name = "Course (optional)", Description = "If it is about one that you have.")]
    public Guid? CourseId { get; set; }

    [Display(Name = "How it stands"), Required(ErrorMessage = "Select how it stands")]
    public NeedState? State { get; set; } = NeedState.Open;

    [Display(Name = "Why", Description = "For staff. Needed once it is planned or met: which course or date answers it."), StringLength(BecauseLength, ErrorMessage = "The reason must be {1} characters or fewer")]
    public string? Because { get; set; }

    [Display(Name = "Do organisations see it and vote for it?", Description = "On their own pages, with how it stands, your words for them and the number of votes. They never see who else asks for it."), Required(ErrorMessage = "Select whether organisations see it")]
    public bool? IsListed { get; set; } = false;

    [Display(Name = "What organisations read (optional)", Description = "Those that ask for it read this beside how it stands. Needed when it is not planned: say why, and what else may help."), StringLength(PublicWordsLength, ErrorMessage = "What organisations read must be {1} characters or fewer")]
    public string? PublicWords { get; set; }

    public static NeedFacts Of(TrainingNeed need) => new()
    {
        What = need.What,
        ThemeId = need.ThemeId,
        CourseId = need.CourseId,
        State = need.State,
        Because = need.Because,
        IsListed = need.IsListed,
        PublicWords = need.PublicWords,
    };

    public IReadOnlyList<HistoryChange> ChangesFrom(NeedFacts before, IReadOnlyDictionary<Guid, string> names, bool isNew) => HistoryChange.Of(
        new("What is asked for", isNew ? null : before.What, What),
        new("Theme", before.ThemeId is { } theme ? names.GetValueOrDefault(theme) : null, ThemeId is { } other ? names.GetValueOrDefault(other) : null),
        new("Course", before.CourseId is { } course ? names.GetValueOrDefault(course) : null, CourseId is { } another ? names.GetValueOrDefault(another) : null),
        new("How it stands", isNew || before.State is null ? null : LearningWords.State(before.State.Value), State is { } state ? LearningWords.State(state) : null),
        new("Why", before.Because, Because),
        new("Organisations see it", isNew ? null : YesNo(before.IsListed), YesNo(IsListed)),
        new("What organisations read", before.PublicWords, PublicWords));

    private static string YesNo(bool? value) => value == true ? "Yes" : "No";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (State is NeedState.Planned or NeedState.Met && Because is null)
        {
            yield return new("Enter why it stands so", [nameof(Because)]);
        }

        if (State == NeedState.NotPlanned && PublicWords is null)
        {
            yield return new("Enter what organisations read, so that those who asked know why", [nameof(PublicWords)]);
        }
    }
}
