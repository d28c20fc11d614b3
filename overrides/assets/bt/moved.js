/* A text that was renamed: the old address leads on, with the paragraph that it names. */
(function (link) {
  if (link) location.replace(link.href + location.hash) // none where a text was withdrawn
})(document.querySelector(".bt-moved a"))
