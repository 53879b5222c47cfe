using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>Several free texts are marked as read, each shown once more before: one of them may be about a child at risk. Coordinators only.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class CommentsReadModel(TrainingHubDb db, ReviewComment review, TimeProvider clock) : TickedPage(db, SurveyUrls.Comments)
{
    private const string Before = "Somebody has read it";

    public override string ListName => "Survey comments to read";

    public override IReadOnlyList<string> Columns { get; } = ["Reference", "Course", "Question", "Comment"];

    public override string DoneWords(int count) => count == 1 ? "1 comment is marked as read." : $"{count} comments are marked as read.";

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = CommentRow.Of(Db, Db.SurveyComments.Where(comment => ids.Contains(comment.Id))).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id);
        return (await CommentLine.ReadAsync(rows, London.DateOf(clock.GetUtcNow()), ct)).ConvertAll(line => new TickedRow(
            line.Id, line.Reference, Address: null, line.State == CommentState.Concern ? ["", "", "Not shown"] : [line.Course, line.Question, line.Text],
            line.State switch
            {
                CommentState.Unread => null,
                CommentState.Read => Before,
                CommentState.Concern => "A concern was raised about it",
            }));
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct)
    {
        return await review.MarkReadAsync(row.Id, User.Actor(), ct) switch
        {
            MarkReadResult.Marked => null,
            MarkReadResult.ReadBefore => Before,
            MarkReadResult.Gone => Gone,
        };
    }
}
