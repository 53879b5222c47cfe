using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Surveys;

internal enum QuestionKind
{
    /// <summary>One point, lowest first.</summary>
    Scale,

    /// <summary>Two options, the first means yes.</summary>
    YesNo,

    /// <summary>One of the whole numbers from 0 to 10, each an option.</summary>
    Number,

    /// <summary>Any of a list. One of it may be exclusive: "None".</summary>
    Several,

    /// <summary>One of a list.</summary>
    One,

    /// <summary>Free text, without options.</summary>
    Text,
}

/// <summary>What an answer tells about training (Kirkpatrick's four levels).</summary>
internal enum KirkpatrickLevel
{
    Reaction,
    Learning,
    Behaviour,
    Results,
}

/// <summary>A question of one version, in its published wording. All of it is data; nothing here is changed once the version is published.</summary>
internal sealed class Question
{
    public const int KeyLength = 40;
    public const int WordingLength = 300;
    public const int ShortLength = 100;
    public const int MissingLength = 200;

    public required Guid VersionId { get; init; }

    /// <summary>Its name through all versions, in report files and in files of answers.</summary>
    public required string Key { get; init; }
    public required int Position { get; set; }
    public required QuestionKind Kind { get; set; }
    public required KirkpatrickLevel Level { get; set; }
    public required string Wording { get; set; }

    /// <summary>The same in few words, for narrow places.</summary>
    public required string ShortWording { get; set; }
    public string? Hint { get; set; }

    /// <summary>What is said to somebody who left it out; null when it may be left out.</summary>
    public string? MissingWords { get; set; }

    /// <summary>What the free-text box below it asks for; null has no box.</summary>
    public string? TextPrompt { get; set; }
    public required bool IsRequired { get; set; }

    /// <summary>The toolkits of the answerer's area are its options too: see <see cref="VersionOption"/>.</summary>
    public bool OffersToolkits { get; set; }

    /// <summary>Whether its answers add up with those to the same key in the version before.</summary>
    public required bool IsComparable { get; set; }
}

/// <summary>An answer that can be chosen. Asked again in a later version it keeps its id.</summary>
internal sealed class QuestionOption
{
    public const int LabelLength = 100;

    public required Guid VersionId { get; init; }
    public required Guid Id { get; init; }
    public required string QuestionKey { get; init; }

    /// <summary>Of a scale, the lowest is first. Some exist although nobody was ever printed as having chosen them.</summary>
    public required int Position { get; set; }
    public required string Label { get; set; }

    /// <summary>Excludes all others: "None".</summary>
    public bool IsExclusive { get; set; }
}

internal sealed class QuestionMap : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> builder)
    {
        builder.HasKey(question => new { question.VersionId, question.Key });
        builder.Property(question => question.Key).HasMaxLength(Question.KeyLength);
        builder.Property(question => question.Wording).HasMaxLength(Question.WordingLength);
        builder.Property(question => question.ShortWording).HasMaxLength(Question.ShortLength);
        builder.Property(question => question.Hint).HasMaxLength(Question.WordingLength);
        builder.Property(question => question.MissingWords).HasMaxLength(Question.MissingLength);
        builder.Property(question => question.TextPrompt).HasMaxLength(Question.WordingLength);
        builder.HasOne<SurveyVersion>().WithMany().HasForeignKey(question => question.VersionId);
        builder.ToTable("SurveyQuestions", table =>
        {
            table.HasCheckConstraint("ck_survey_questions_key", "key ~ '^[a-z][a-z0-9_]*$' and key !~ '_example$'");
            table.HasCheckConstraint("ck_survey_questions_missing_words", "missing_words is not null or not is_required");
            table.HasCheckConstraint("ck_survey_questions_text_prompt", "text_prompt is null or kind <> 'Text'");
            table.HasCheckConstraint("ck_survey_questions_toolkits", "kind = 'Several' or not offers_toolkits");
        });
    }
}

internal sealed class QuestionOptionMap : IEntityTypeConfiguration<QuestionOption>
{
    public void Configure(EntityTypeBuilder<QuestionOption> builder)
    {
        builder.HasKey(option => new { option.VersionId, option.Id });
        builder.Property(option => option.QuestionKey).HasMaxLength(Question.KeyLength);
        builder.Property(option => option.Label).HasMaxLength(QuestionOption.LabelLength);
        builder.HasIndex(option => new { option.VersionId, option.QuestionKey, option.Label }).IsUnique();
        builder.HasIndex(option => new { option.VersionId, option.QuestionKey }).IsUnique().HasFilter("is_exclusive");
        builder.HasOne<Question>().WithMany().HasForeignKey(option => new { option.VersionId, option.QuestionKey });
        builder.ToTable("SurveyOptions");
    }
}
