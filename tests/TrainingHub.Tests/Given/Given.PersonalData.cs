using TrainingHub.Catalogue;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>Somebody who wants to hear of the first date of that course.</summary>
    public async Task<Guid> DateWishAsync(Guid course, string email) => (await AddedAsync(new DateWish
    {
        Id = Guid.CreateVersion7(),
        CourseId = course,
        Email = email,
        EmailKey = EmailAddress.KeyOf(email),
        AskedAt = Now,
        EndsAt = Now.AddMonths(12),
    })).Id;

    /// <summary>A file that waits to be imported.</summary>
    public async Task<Guid> UploadAsync(byte[] content) => (await AddedAsync(new ImportUpload
    {
        Id = Guid.CreateVersion7(),
        Kind = "Bookings",
        FileName = "bookings.csv",
        Content = content,
        ContentHash = [1],
        UploadedBy = Guid.CreateVersion7(),
        UploaderName = "Cora Coordinator",
        UploadedAt = Now,
        ExpiresAt = Now.Add(ImportUpload.Life),
    })).Id;
}
