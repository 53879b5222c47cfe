using Microsoft.AspNetCore.Components;

namespace TrainingHub.Emails;

/// <summary>What every email's component has: its message and the sender's brand.</summary>
public abstract class EmailOf<TMessage> : ComponentBase where TMessage : class, IEmailMessage
{
    [Parameter, EditorRequired] public required TMessage Message { get; set; }

    [CascadingParameter] public required EmailBrand Brand { get; set; }
}
