using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Surveys;

/// <summary>A word, the beginning of one, or several in a row, by which a free text is read sooner. It hides nothing.</summary>
internal sealed class WorryWord
{
    public const int PhraseLength = 60;
    public const int Most = 400;

    public required string Phrase { get; init; }
}

/// <summary>A text that nobody has read, and the words of the list that begin in it: view <c>unread_comments</c>.</summary>
internal sealed class UnreadComment
{
    public required Guid CommentId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The coordinator was told by email that it waits.</summary>
    public required bool IsWaitTold { get; init; }
    public required string[] Words { get; init; }
    public required bool IsFlagged { get; init; }
}

internal sealed class WorryWordMap : IEntityTypeConfiguration<WorryWord>
{
    public void Configure(EntityTypeBuilder<WorryWord> builder)
    {
        builder.HasKey(word => word.Phrase);
        builder.Property(word => word.Phrase).HasMaxLength(WorryWord.PhraseLength);
        builder.Property<string>("Folded").HasComputedColumnSql("folded_words(phrase)", stored: true);
        builder.HasIndex("Folded").IsUnique();
        builder.ToTable(table => table.HasCheckConstraint("ck_worry_words_folded", "length(folded) > 2"));
    }
}

internal sealed class UnreadCommentMap : IEntityTypeConfiguration<UnreadComment>
{
    public void Configure(EntityTypeBuilder<UnreadComment> builder) => builder.ToView("UnreadComments").HasKey(comment => comment.CommentId);
}
