using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>What stands in the form of a message.</summary>
internal sealed class MessageForm
{
    /// <summary>The message's id, so that a second click is the same message.</summary>
    public Guid Key { get; set; }

    [Display(Name = "Who gets it"), Required(ErrorMessage = "Select who gets it")]
    public MessageAudience? To { get; set; }

    [Display(Name = "Subject", Description = "For example “What to bring on {date}”. The name of each person is put before it.")]
    [Required(ErrorMessage = "Enter a subject"), StringLength(DateMessage.SubjectLength)]
    public string? Subject { get; set; }

    [Display(Name = "Message", Description = "It begins with “Dear” and the name, and ends with the course and date and who we are. Leave an empty line between paragraphs.")]
    [Required(ErrorMessage = "Enter the message"), StringLength(DateMessage.TextLength)]
    public string? Text { get; set; }

    /// <summary>How many people the writer was shown; none before the preview.</summary>
    public int Seen { get; set; }
}

/// <summary>A message as one of its readers will get it, before it goes out.</summary>
/// <param name="Example">One of those who get it; null when nobody does.</param>
/// <param name="Subject">As they get it.</param>
/// <param name="Text">As they get it, without their private link.</param>
internal sealed record MessagePreview(MessageReader? Example, string Subject, string Text);
