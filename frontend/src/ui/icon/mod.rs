//! The icons of the screens: an open set (Lucide, ISC licence in assets/licences) as path data, drawn with the text's colour.

mod paths;

use yew::prelude::*;

/// One icon of the set; words beside it carry the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Check,
    X,
    Plus,
    Minus,
    Search,
    Clock,
    Calendar,
    TriangleAlert,
    CircleAlert,
    CircleCheck,
    Info,
    MessageSquare,
    User,
    Users,
    FileText,
    ShieldCheck,
    CreditCard,
    ArrowUp,
    ArrowDown,
    ArrowRight,
    ArrowLeft,
    ChevronRight,
    ChevronDown,
    ChevronLeft,
    ChevronsUpDown,
    Menu,
    LogOut,
    Sun,
    Moon,
    Monitor,
    Rows3,
    Rows4,
    Printer,
    Link,
    Copy,
    Download,
    Upload,
    Star,
    ShoppingCart,
    House,
    Building2,
    School,
    Wallet,
    Landmark,
    Inbox,
    Settings,
    CircleHelp,
    Keyboard,
    Trash2,
    Pencil,
    RefreshCw,
    Eye,
    EyeOff,
    Lock,
    Mail,
    Scale,
    GitCompare,
    Filter,
    List,
    History,
    HandCoins,
    Truck,
    BadgeCheck,
    Ban,
    Undo2,
    ExternalLink,
    Package,
    ClipboardList,
    Send,
    ThumbsUp,
    Hourglass,
}

#[derive(Properties, PartialEq)]
pub struct IconProps {
    pub name: IconName,
    /// Spoken name; without it the icon is decoration and hidden from assistive technology.
    #[prop_or_default]
    pub title: Option<AttrValue>,
}

/// A line icon as tall as the text around it.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let path = html! { <path d={props.name.path()} /> };
    if let Some(title) = props.title.clone() {
        html! { <svg class="icon" viewBox="0 0 24 24" role="img" aria-label={title}>{ path }</svg> }
    } else {
        html! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ path }</svg> }
    }
}
