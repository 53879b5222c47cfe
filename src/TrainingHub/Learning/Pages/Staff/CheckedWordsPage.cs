using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>The page of a record whose words may let somebody recognise a child: it warns, and goes on once whoever writes has confirmed.</summary>
internal abstract class CheckedWordsPage<T>(TrainingHubDb db) : EditPage<T>(db)
    where T : class, IEdited
{
    [BindProperty]
    [Display(Name = "I have checked: nobody can be recognised by these words")]
    public bool IsChecked { get; set; }

    /// <summary>Of a record that is added: its id, so that a form that is sent twice adds one.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    /// <summary>Something was found in the words, so the box to confirm stands in the form.</summary>
    public bool IsWarned { get; private set; }

    protected void Warn(params string?[] texts)
    {
        var found = NameWarning.Find(texts);
        IsWarned = found.Count > 0;
        if (IsWarned && !IsChecked)
        {
            ModelState.AddModelError(nameof(IsChecked), NameWarning.Words(found));
        }
    }
}
